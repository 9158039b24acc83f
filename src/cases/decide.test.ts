import { describe, expect, it } from "vitest";
import { minutes } from "../core/time.ts";
import { sampleAlert, samplePolicy } from "../testing/cases/sample.ts";
import {
  A,
  accept,
  accepted,
  alert,
  by,
  caseAfter,
  caseId,
  close,
  closed,
  dispatch,
  entry,
  fail,
  handle,
  handled,
  handledReady,
  kinds,
  opened,
  pass,
  policy,
  ready,
  refusal,
  relapsed,
  resolved,
  T0,
  void_,
} from "../testing/cases/way.ts";
import type { Case, CaseEvent } from "./case.ts";
import { type CaseCommand, decide } from "./decide.ts";
import { evolve, fold } from "./evolve.ts";
import { operatorCalendar } from "./limits.ts";
import { nextLookAt } from "./look.ts";

describe("a case opened by an alert", () => {
  it("carries the alert's place and the policy's words, and falls due by its limit", () => {
    expect(caseAfter(opened)).toMatchObject({
      id: caseId,
      number: expect.stringMatching(/^20261120-.{5}$/),
      siteId: "S-1",
      communityId: "C-1",
      cellId: alert.cellId,
      class: "99-89",
      level: "yellow",
      state: "filed",
      filing: policy.filing,
      closing: policy.closing,
      unitRole: "water-authority",
      unitId: null,
      openedAt: T0,
      dueAt: T0 + minutes(120),
      openAlertIds: [A],
      alertIds: [A],
      sensorWord: { says: "abnormal", since: T0 },
      readyToClose: false,
      version: 1,
    });
  });

  it("falls due in work time where its limit says so, and never where there is no calendar", () => {
    const worked = samplePolicy({ limit: { amount: 2, unit: "work-hour" } });
    const due = (calendar: typeof operatorCalendar | null) =>
      fold(accepted(null, { ...opened, policy: worked, calendar } as CaseCommand, T0))!.dueAt;
    expect(due(operatorCalendar)).toBe(Date.parse("2026-11-23T11:00+08:00"));
    expect(due(null)).toBeNull();
  });

  it("grows with a worse alert and never shrinks with a milder one", () => {
    const escalated: CaseCommand = { kind: "alert.escalated", alertId: A, level: "red" };
    const mild = sampleAlert({ id: "b", level: "blue" });
    const joined: CaseCommand = { kind: "alert.joined", ...entry, alert: mild };
    expect(caseAfter(opened, escalated, joined).level).toBe("red");
    expect(kinds(caseAfter(opened, escalated), escalated)).toEqual([]);
  });

  it("takes the sooner limit and the longer verify period of an alert that joins it", () => {
    const urgent = samplePolicy({
      limit: { amount: 15, unit: "urgent-minute" },
      verify: minutes(60),
    });
    const alertB = sampleAlert({ id: "b", sensorId: "G-2" });
    const joined: CaseCommand = { kind: "alert.joined", ...entry, alert: alertB, policy: urgent };
    expect(caseAfter(opened, joined)).toMatchObject({
      dueAt: T0 + minutes(16),
      limit: urgent.limit,
      verify: minutes(60),
      alertIds: [A, "b"],
    });
    const slow = samplePolicy({ limit: { amount: 9, unit: "work-day" }, verify: 0 });
    expect(caseAfter(opened, { ...joined, policy: slow })).toMatchObject({
      dueAt: T0 + minutes(120),
      limit: policy.limit,
      verify: minutes(30),
    });
  });

  it("writes a fact down once", () => {
    const joined: CaseCommand = { kind: "alert.joined", ...entry };
    expect(kinds(caseAfter(opened), joined)).toEqual([]);
    expect(kinds(caseAfter(opened, resolved), resolved)).toEqual([]);
    expect(kinds(caseAfter(opened), { ...relapsed, alertId: "another" })).toEqual([]);
  });
});

describe("the way of a case", () => {
  it("goes from filing to closing with every step on the flow log", () => {
    const done = caseAfter(...handled, resolved, pass, ready, close);
    expect(done).toMatchObject({ state: "closed", verdict: "true", reworks: 0, unitId: "U-1" });
    expect(done.closedAt).toBe(done.changedAt);
  });

  it.each([
    ["accepted before a unit has it", [opened], accept, "case-not-dispatched"],
    ["accepted twice", [opened, dispatch, accept], accept, "case-already-accepted"],
    ["accepted after it was handled", handled, accept, "case-already-handled"],
    ["handled before a unit has it", [opened], handle, "case-not-dispatched"],
    ["handled before the unit accepted it", [opened, dispatch], handle, "case-not-accepted"],
    ["handled twice", handled, handle, "case-already-handled"],
    [
      "handled without a note",
      [opened, dispatch, accept],
      { ...handle, note: " " },
      "case-note-required",
    ],
    ["dispatched to nobody", [opened], { ...dispatch, unitId: " " }, "case-unit-required"],
    ["dispatched to the unit that has it", [opened, dispatch], dispatch, "case-already-with-unit"],
    ["dispatched after it was handled", handled, dispatch, "case-already-handled"],
    ["checked before it was handled", [opened, dispatch, accept], pass, "case-not-handled"],
    ["found wanting before it was handled", [opened, dispatch], fail, "case-not-handled"],
    ["passed twice", [...handled, pass], pass, "case-already-checked"],
    ["checked without a note", handled, { ...pass, note: "" }, "case-note-required"],
    ["closed before it was handled", [opened, resolved, ready], close, "case-not-handled"],
    ["closed unchecked against the sensors", handled, close, "case-not-checked"],
    ["closed against the sensors", [...handled, pass], close, "case-sensors-not-normal"],
    ["closed without a note", handledReady, { ...close, note: "" }, "case-note-required"],
    ["voided without a reason", [opened], { ...void_, reason: "" }, "case-reason-required"],
    ["voided after it was handled", handled, void_, "case-void-after-handling"],
    ["voided during rework", [...handled, fail], void_, "case-void-after-handling"],
    [
      "commented on with nothing",
      [opened],
      { kind: "case.comment", caseId, note: "", by },
      "case-note-required",
    ],
  ] as const)("is refused when it is %s", (_, steps, command, problem) => {
    expect(refusal(caseAfter(...steps), command as CaseCommand)).toBe(problem);
  });

  it("refuses a verdict that is none", () => {
    const odd = { ...close, verdict: "maybe" } as unknown as CaseCommand;
    expect(refusal(caseAfter(...handledReady), odd)).toBe("case-verdict-required");
  });

  it("goes to another unit until it is handled", () => {
    const other: CaseCommand = { ...dispatch, unitId: "U-2" };
    expect(caseAfter(opened, dispatch, accept, other)).toMatchObject({
      state: "dispatched",
      unitId: "U-2",
    });
  });

  it("closes on the sensors' word in place of a person's check", () => {
    expect(caseAfter(...closed).state).toBe("closed");
  });

  it("is refused when the case is not there", () => {
    expect(refusal(null, accept)).toBe("case-not-found");
  });

  it("voids to a false verdict, since the filing condition was not met", () => {
    expect(caseAfter(opened, void_)).toMatchObject({ state: "voided", verdict: "false" });
  });

  it.each([dispatch, accept, handle, pass, fail, close, void_])(
    "is over when it is closed or voided: %o changes nothing",
    (command) => {
      expect(refusal(caseAfter(...closed), command)).toBe("case-final");
      expect(refusal(caseAfter(opened, void_), command)).toBe("case-final");
    },
  );

  it("may be commented on whatever its state, and hears no sensor after its end", () => {
    const comment: CaseCommand = { kind: "case.comment", caseId, note: "thanks", by };
    for (const steps of [[opened], handled, closed, [opened, void_]])
      expect(kinds(caseAfter(...steps), comment)).toEqual(["commented"]);
    expect(kinds(caseAfter(...closed), relapsed)).toEqual([]);
    expect(nextLookAt(caseAfter(...closed))).toBeNull();
  });
});

describe("two people at one case", () => {
  it("get a conflict that tells what the other did, when, and how the case stands now", () => {
    const now = caseAfter(opened, dispatch, accept);
    const decision = decide(now, { ...handle, version: 2 }, T0 + minutes(5));
    expect(decision).toMatchObject({
      ok: false,
      problem: "version-conflict",
      params: {
        given: 2,
        version: 3,
        state: "accepted",
        change: "accepted",
        by: "unit",
        changedAt: T0 + minutes(2),
      },
    });
    expect(kinds(now, { ...handle, version: 3 })).toEqual(["handled"]);
  });
});

describe("closing against the sensors", () => {
  const checked = [...handled, pass];
  const override = (approvedBy: string, reason = "gauge is broken"): CaseCommand => ({
    ...close,
    override: { reason, approvedBy },
  });

  it("needs a reason and keeps it with the name of the second person", () => {
    expect(refusal(caseAfter(...checked), override("wang", " "))).toBe(
      "case-override-reason-required",
    );
    const [line] = accepted(caseAfter(...checked), override("wang"), T0 + minutes(9));
    expect(line).toMatchObject({
      kind: "closed",
      by,
      override: { reason: "gauge is broken", approvedBy: "wang" },
    });
  });

  it.each(["li", " LI ", "ｌｉ", "", "brain"])("is not approved by %o where li asks", (name) => {
    expect(refusal(caseAfter(...checked), override(name))).toBe(
      "case-override-needs-second-person",
    );
  });

  it("still needs the work done and seen to be done", () => {
    expect(refusal(caseAfter(...handled), override("wang"))).toBe("case-not-checked");
    expect(refusal(caseAfter(opened), override("wang"))).toBe("case-not-handled");
  });

  it("is an ordinary closing when the sensors agree after all", () => {
    const [line] = accepted(
      caseAfter(...checked, resolved, ready),
      override("wang"),
      T0 + minutes(99),
    );
    expect(line).not.toHaveProperty("override");
  });
});

describe("the flow log", () => {
  it("is the case: its lines, folded, give it back", () => {
    const lines: CaseEvent[] = [];
    let one: Case | null = null;
    for (const [i, step] of [...handled, fail, accept, handle, pass, resolved].entries()) {
      const events = accepted(one, step, T0 + minutes(i));
      lines.push(...events);
      one = fold(events, one);
    }
    expect(fold(JSON.parse(JSON.stringify(lines)))).toEqual(one);
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, i) => i + 1));
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  });

  it("never runs backwards, though a late reading may tell of earlier things", () => {
    const [line] = accepted(caseAfter(opened, dispatch), resolved, T0 - minutes(5));
    expect(line!.at).toBe(T0 + minutes(1));
  });

  it("takes no line out of turn", () => {
    const line = accepted(caseAfter(opened), resolved, T0)[0]!;
    expect(() => evolve(caseAfter(opened, dispatch), line)).toThrow(/does not follow/);
    expect(() => evolve(null, line)).toThrow(/does not open/);
    const first = accepted(null, opened, T0)[0]!;
    expect(() => evolve(caseAfter(opened), { ...first, seq: 2 })).toThrow(/second time/);
    expect(() => decide(caseAfter(opened), opened, T0)).toThrow(/joins/);
  });
});
