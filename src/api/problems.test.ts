import { describe, expect, it } from "vitest";
import type { Case } from "../cases/case.ts";
import { type CaseCommand, decide } from "../cases/decide.ts";
import { Docket } from "../cases/docket.ts";
import type { CaseProblem } from "../cases/refusal.ts";
import type { Language } from "../core/text.ts";
import { minutes } from "../core/time.ts";
import { sampleAlert, samplePolicy } from "../testing/cases/sample.ts";
import type { ProblemEntry } from "./problems/entry.ts";
import { isProblemCode, type ProblemCode, problem, problems } from "./problems.ts";

const codes = Object.keys(problems) as ProblemCode[];
const entries: [ProblemCode, ProblemEntry][] = codes.map((code) => [code, problems[code]]);
const languages: Language[] = ["zh", "en"];
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();
const optional = (text: string) => [...text.matchAll(/\[([^\]]*)\]/g)].map(([, part]) => part!);

describe("the table of problems", () => {
  it.each(entries)("says %s in both languages, with the same places and a remedy", (_, entry) => {
    for (const { zh, en } of [entry.title, entry.detail, entry.remedy]) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).not.toMatch(/\p{Script=Han}/u);
      expect(en.length).toBeGreaterThan(3);
      expect(new Set(places(en))).toEqual(new Set(places(zh)));
      expect(optional(en).map(places).sort()).toEqual(optional(zh).map(places).sort());
      for (const text of [zh, en]) {
        for (const part of optional(text)) expect(places(part)).not.toEqual([]);
        expect(text.replace(/\{\w+\}|\[[^[\]]*\]/g, "")).not.toMatch(/[{}[\]]/);
      }
    }
    expect(places(entry.title.zh + entry.title.en)).toEqual([]);
    expect(entry.detail.zh).toMatch(/。$/);
    expect(entry.detail.en).toMatch(/\.$/);
  });

  it.each(entries)("gives %s a status that fits its name", (code, { status }) => {
    expect([400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503, 504, 507]).toContain(status);
    expect(status === 404).toBe(code.endsWith("-not-found"));
    expect(status === 507).toBe(code.endsWith("-full"));
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it("says no two things in the same words", () => {
    for (const language of languages) {
      const titles = entries.map(([, entry]) => entry.title[language]);
      expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
    }
  });
});

describe("a problem", () => {
  it("is the body that RFC 9457 asks for, with its code, remedy and parameters", () => {
    const params = { id: "G-1" };
    expect(problem("sensor-not-found", params, "en")).toEqual({
      type: "urn:community-brain:problem:sensor-not-found",
      title: "No such sensor",
      status: 404,
      detail: "The register has no sensor G-1.",
      remedy: "Check the id, or register it with brain import.",
      code: "sensor-not-found",
      params,
    });
    expect(problem("sensor-not-found", params, "zh").detail).toBe("登记表中没有传感器 G-1。");
  });

  it("tells what the other did, with names and street time", () => {
    const params = {
      version: 7,
      given: 5,
      state: "handled",
      by: "brain",
      change: "alert-relapsed",
      changedAt: Date.parse("2026-11-20T23:05:07+08:00"),
    };
    expect(problem("version-conflict", params, "en").detail).toBe(
      "It has changed since you saw it: it is at version 7, you sent 5, and is handled. " +
        "Last, the brain at 2026-11-20 23:05:07: an alert came back.",
    );
    expect(problem("version-conflict", params, "zh").detail).toBe(
      "您看到之后又有变更：现为第 7 版（您提交的是第 5 版），状态：已处置。" +
        "最近一次：系统 于 2026-11-20 23:05:07：告警复发。",
    );
  });

  it("leaves out the part that speaks of what was not given", () => {
    expect(problem("version-conflict", { version: 7 }, "en").detail).toBe(
      "It has changed since you saw it: it is at version 7.",
    );
    const { detail } = problem("invalid-request", { field: "note", value: "" }, "en");
    expect(detail).toBe("The field note does not fit.");
  });

  it("puts parameters in as they are, whatever they look like, and cuts long ones", () => {
    const odd = { field: "note", value: "[{field}] $& $1", wanted: "x".repeat(5_000) };
    const { detail, params } = problem("invalid-request", odd, "en");
    expect(detail).toContain("found [{field}] $& $1, wanted xxx");
    expect(detail.length).toBeLessThan(300);
    expect(params).toBe(odd);
  });

  it("is internal where a code is not in the table", () => {
    for (const code of ["no-such-code", "toString", "__proto__"]) {
      expect(isProblemCode(code)).toBe(false);
      expect(problem(code, {}, "zh")).toMatchObject({ status: 500, code: "internal" });
    }
  });
});

const T0 = Date.parse("2026-11-20T22:00+08:00");
const alert = sampleAlert();
const caseId = `case~S-1~99-89~${T0.toString(36)}`;
const by = "li";

/** The case as it stands before the command that is refused, by its state. */
function caseIn(
  state: "filed" | "dispatched" | "accepted" | "handled" | "checked" | "voided",
): Case {
  const docket = new Docket([]);
  let one = docket.openOrJoin(alert, samplePolicy(), T0).case;
  const acts = [
    { kind: "case.dispatch", caseId, unitId: "U-1" },
    { kind: "case.accept", caseId },
    { kind: "case.handle", caseId, note: "done" },
    { kind: "case.check", caseId, passed: true, note: "seen" },
  ] as const;
  const voided = { kind: "case.void", caseId, reason: "test" } as const;
  for (const act of state === "voided" ? [voided] : acts) {
    if (one.state === state) break;
    const answer = docket.act(act, by, T0 + minutes(1));
    if (answer.ok) one = answer.case;
  }
  return one;
}

/** Every refusal that cases can give, and how to get it. The compiler asks for each. */
const refusals: Record<CaseProblem, () => ReturnType<typeof decide> | ReturnType<Docket["open"]>> =
  {
    "case-not-found": () => decide(null, { kind: "case.accept", caseId, by }, T0),
    "version-conflict": () => on("filed", { kind: "case.accept", caseId, version: 9, by }),
    "case-final": () => on("voided", { kind: "case.accept", caseId, by }),
    "case-unit-required": () => on("filed", { kind: "case.dispatch", caseId, unitId: "", by }),
    "case-note-required": () => on("accepted", { kind: "case.handle", caseId, note: "", by }),
    "case-reason-required": () => on("filed", { kind: "case.void", caseId, reason: "", by }),
    "case-already-with-unit": () =>
      on("dispatched", { kind: "case.dispatch", caseId, unitId: "U-1", by }),
    "case-not-dispatched": () => on("filed", { kind: "case.accept", caseId, by }),
    "case-not-accepted": () => on("dispatched", { kind: "case.handle", caseId, note: "x", by }),
    "case-already-accepted": () => on("accepted", { kind: "case.accept", caseId, by }),
    "case-not-handled": () => on("filed", closing),
    "case-already-handled": () => on("handled", { kind: "case.accept", caseId, by }),
    "case-already-checked": () =>
      on("checked", { kind: "case.check", caseId, passed: true, note: "x", by }),
    "case-not-checked": () => on("handled", closing),
    "case-verdict-required": () => on("checked", { ...closing, verdict: "odd" as "true" }),
    "case-sensors-not-normal": () => on("checked", closing),
    "case-override-reason-required": () =>
      on("checked", { ...closing, override: { reason: "", approvedBy: "wang" } }),
    "case-override-needs-second-person": () =>
      on("checked", { ...closing, override: { reason: "x", approvedBy: by } }),
    "case-void-after-handling": () => on("handled", { kind: "case.void", caseId, reason: "x", by }),
    "alert-not-found": () => opening(undefined),
    "alert-resolved": () => opening({ ...alert, phase: "resolved" }),
    "alert-makes-no-case": () => opening(alert, false),
    "alert-already-in-case": () => {
      const docket = new Docket([]);
      docket.openOrJoin(alert, samplePolicy(), T0);
      return docket.open({ kind: "case.open", alertId: alert.id }, alert, samplePolicy(), by, T0);
    },
  };
const closing = { kind: "case.close", caseId, verdict: "true", note: "over", by } as const;
const on = (state: Parameters<typeof caseIn>[0], command: CaseCommand) =>
  decide(caseIn(state), command, T0 + minutes(5));
const opening = (known: typeof alert | undefined, policy = true) =>
  new Docket([]).open(
    { kind: "case.open", alertId: alert.id },
    known,
    policy ? samplePolicy() : undefined,
    by,
    T0,
  );

describe("every refusal of cases", () => {
  it.each(Object.entries(refusals))("%s is told with nothing left to fill in", (code, refuse) => {
    const answer = refuse();
    if (answer.ok) throw new Error("it was not refused");
    expect(answer.problem).toBe(code);
    for (const language of languages) {
      const { detail, remedy } = problem(answer.problem, answer.params, language);
      expect(detail + remedy).not.toMatch(/[{}[\]]|undefined|NaN/);
    }
  });

  it("tells since when the sensors say what, and how long they must be normal", () => {
    const refused = refusals["case-sensors-not-normal"]();
    const params = refused.ok ? {} : refused.params;
    const { detail } = problem("case-sensors-not-normal", params, "en");
    expect(detail).toContain("say abnormal since 2026-11-20 22:00:00");
    expect(detail).toContain("for 30 minutes");
  });
});
