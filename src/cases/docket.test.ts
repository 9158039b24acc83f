import { describe, expect, it } from "vitest";
import { minutes } from "../core/time.ts";
import { sampleAlert, samplePolicy } from "../testing/cases/sample.ts";
import type { CaseStep } from "./docket.ts";
import { Docket } from "./docket.ts";

const T0 = Date.parse("2026-11-20T22:00+08:00");
const alert = sampleAlert();
const policy = samplePolicy();
const openAct = { kind: "case.open", alertId: alert.id } as const;

const kindsOf = ({ events }: { events: CaseStep["events"] }) => events.map(({ kind }) => kind);
const word = (change: "escalated" | "reopened" | "resolved" | "latched", id = alert.id) =>
  ({ alertId: id, change, level: "yellow" }) as const;

/** A docket whose only case waits out its verify period. */
function verifying(): { docket: Docket; caseId: string } {
  const docket = new Docket([]);
  const { id } = docket.openOrJoin(alert, policy, T0).case;
  docket.hear(word("resolved"), T0 + minutes(5));
  return { docket, caseId: id };
}

describe("the docket", () => {
  it("opens one case to a site and class, and lets further alerts join it", () => {
    const docket = new Docket([]);
    const first = docket.openOrJoin(alert, policy, T0);
    const sameSite = sampleAlert({ id: "b", sensorId: "G-2", level: "red" });
    const second = docket.openOrJoin(sameSite, policy, T0 + 1);
    expect(kindsOf(first)).toEqual(["opened"]);
    expect(kindsOf(second)).toEqual(["joined"]);
    expect(second.case).toMatchObject({ id: first.case.id, level: "red" });
    const otherClass = docket.openOrJoin(
      sampleAlert({ id: "c" }),
      samplePolicy({ class: "05-06" }),
      T0,
    );
    const otherSite = docket.openOrJoin(sampleAlert({ id: "d", siteId: "S-2" }), policy, T0);
    expect(new Set([first, otherClass, otherSite].map((step) => step.case.id)).size).toBe(3);
    expect(docket.openAt("S-1", "99-89")).toBe(docket.withAlert("b"));
  });

  it("takes an alert twice as once, but hears that it grew or came back", () => {
    const docket = new Docket([]);
    docket.openOrJoin(alert, policy, T0);
    expect(kindsOf(docket.openOrJoin(alert, policy, T0 + 1))).toEqual([]);
    const worse = sampleAlert({ level: "orange" });
    expect(kindsOf(docket.openOrJoin(worse, policy, T0 + 2))).toEqual(["escalated"]);
    docket.hear(word("resolved"), T0 + 3);
    expect(kindsOf(docket.openOrJoin(alert, policy, T0 + 4))).toEqual(["alert-relapsed"]);
  });

  it("hears the transitions of its alerts and of no others", () => {
    const docket = new Docket([]);
    docket.openOrJoin(alert, policy, T0);
    expect(docket.hear(word("resolved", "stranger"), T0)).toBeNull();
    expect(kindsOf(docket.hear(word("latched"), T0 + 1)!)).toEqual([]);
    expect(kindsOf(docket.hear(word("resolved"), T0 + 2)!)).toEqual(["alert-resolved"]);
    expect(kindsOf(docket.hear(word("reopened"), T0 + 3)!)).toEqual(["alert-relapsed"]);
  });

  it("runs what time does before what comes after it, at its own instant", () => {
    const { docket, caseId } = verifying();
    expect(docket.nextLookAt()).toBe(T0 + minutes(35));
    docket.act({ kind: "case.comment", caseId, note: "asked the unit" }, "li", T0 + minutes(60));
    const { events } = docket.changed();
    expect(events.slice(-2).map(({ kind, at }) => [kind, (at - T0) / minutes(1)])).toEqual([
      ["ready", 35],
      ["commented", 60],
    ]);
  });

  it("wakes cases in order of time, ties by id, whatever the order they were loaded in", () => {
    const ids = ["S-3", "S-1", "S-2"];
    const make = (order: string[]) => {
      const docket = new Docket([]);
      for (const siteId of order) {
        const own = sampleAlert({ id: siteId, siteId });
        const verify = minutes(siteId === "S-2" ? 10 : 20);
        docket.openOrJoin(own, samplePolicy({ verify }), T0);
        docket.hear(word("resolved", siteId), T0 + 1);
      }
      return new Docket(docket.changed().cases);
    };
    const woken = (order: string[]) =>
      make(order)
        .passTo(T0 + minutes(60))
        .map(({ caseId }) => caseId.split("~")[1]);
    expect(woken(ids)).toEqual(["S-2", "S-1", "S-3"]);
    expect(woken(ids.toReversed())).toEqual(["S-2", "S-1", "S-3"]);
  });

  it("gives what changed once, each case as it is now", () => {
    const { docket, caseId } = verifying();
    const { cases, events } = docket.changed();
    expect(cases.map(({ id, version }) => [id, version])).toEqual([[caseId, 2]]);
    expect(events.map(({ id }) => id)).toEqual([`${caseId}.1`, `${caseId}.2`]);
    expect(docket.changed()).toEqual({ cases: [], events: [] });
  });

  it("opens a new case, with a new name, after the old one closed at the same instant", () => {
    const docket = new Docket([]);
    const first = docket.openOrJoin(alert, policy, T0).case;
    docket.act({ kind: "case.void", caseId: first.id, reason: "test" }, "li", T0);
    const again = docket.openOrJoin({ ...alert, caseId: first.id }, policy, T0).case;
    expect(again.id).not.toBe(first.id);
    expect(docket.size).toBe(1);
  });
});

describe("a sensor that is lost", () => {
  const watch = () => {
    const { docket, caseId } = verifying();
    const site = sampleAlert({ id: "site", rule: "rising", sensorId: null });
    docket.openOrJoin(site, policy, T0 + minutes(6));
    docket.hear(word("resolved", "site"), T0 + minutes(7));
    return { docket, caseId };
  };

  it("suspends the cases that watch it and no others", () => {
    const { docket } = watch();
    expect([docket.watches("G-1"), docket.watches("G-9")]).toEqual([true, false]);
    expect(docket.lost({ sensorId: "G-9" }, "silent", T0 + minutes(8))).toEqual([]);
    const [line] = docket.lost({ sensorId: "G-1" }, "silent", T0 + minutes(9));
    expect(line).toMatchObject({ kind: "sensor-lost", alertIds: [alert.id], lost: "silent" });
    expect(docket.nextLookAt()).toBeNull();
    docket.heard({ sensorId: "G-1" }, "silent", T0 + minutes(20));
    expect(docket.nextLookAt()).toBe(T0 + minutes(50));
  });

  it("may be named by scenario, site or rule as well", () => {
    const { docket } = watch();
    const lostAt = (where: Parameters<Docket["lost"]>[0]) => {
      const ids = docket.lost(where, "scenario-out", T0 + minutes(9)).flatMap((e) => e.alertIds);
      docket.heard(where, "scenario-out", T0 + minutes(9));
      return ids;
    };
    expect(lostAt({ scenario: "river-level" })).toEqual([alert.id, "site"]);
    expect(lostAt({ scenario: "noise" })).toEqual([]);
    expect(lostAt({ siteId: "S-1", rule: "rising" })).toEqual(["site"]);
    expect(lostAt({ siteId: "S-2" })).toEqual([]);
  });

  it("is the trouble itself to the rule that watches for silence", () => {
    const docket = new Docket([]);
    docket.openOrJoin(sampleAlert({ id: "q", rule: "silent" }), policy, T0);
    const where = { sensorId: "G-1", exceptRule: "silent" };
    expect(docket.lost(where, "silent", T0 + 1)).toEqual([]);
    expect(docket.withAlert("q")!.sensorWord.says).toBe("abnormal");
  });

  it("is forgotten with the last case that watched it", () => {
    const { docket, caseId } = verifying();
    docket.act({ kind: "case.void", caseId, reason: "test" }, "li", T0 + minutes(6));
    expect(docket.watches("G-1")).toBe(false);
    expect(docket.withAlert(alert.id)).toBeUndefined();
    expect([docket.size, docket.nextLookAt()]).toEqual([0, null]);
  });
});

describe("a person at the docket", () => {
  it("opens the case of an open alert, and it says who did and why", () => {
    const docket = new Docket([]);
    const answer = docket.open({ ...openAct, note: "seen on camera" }, alert, policy, "li", T0);
    expect(answer).toMatchObject({
      ok: true,
      events: [{ kind: "opened", by: "li", note: "seen on camera" }],
    });
  });

  it.each([
    ["unknown", undefined, policy, "alert-not-found"],
    ["resolved", sampleAlert({ phase: "resolved" }), policy, "alert-resolved"],
    ["of a rule without cases", alert, undefined, "alert-makes-no-case"],
  ] as const)("opens no case of an alert that is %s", (_, known, its, problem) => {
    expect(new Docket([]).open(openAct, known, its, "li", T0)).toMatchObject({
      ok: false,
      problem,
    });
  });

  it("is told which case an alert is in already", () => {
    const docket = new Docket([]);
    const { id, number } = docket.openOrJoin(alert, policy, T0).case;
    expect(docket.open(openAct, alert, policy, "li", T0)).toMatchObject({
      problem: "alert-already-in-case",
      params: { caseId: id, number },
    });
  });

  it("is told that a case is closed, before and after it left the docket, and may comment on it", () => {
    const { docket, caseId } = verifying();
    const step = docket.act({ kind: "case.void", caseId, reason: "test" }, "li", T0 + minutes(6));
    const accept = { kind: "case.accept", caseId } as const;
    expect(docket.act(accept, "li", T0 + minutes(7))).toMatchObject({ problem: "case-final" });
    docket.changed();
    expect(docket.act(accept, "li", T0 + minutes(8))).toMatchObject({ problem: "case-not-found" });
    if (!step.ok) throw new Error(step.problem);
    expect(docket.act(accept, "li", T0 + minutes(8), step.case)).toMatchObject({
      problem: "case-final",
    });
    const comment = { kind: "case.comment", caseId, note: "noted" } as const;
    expect(docket.act(comment, "li", T0 + minutes(9), step.case)).toMatchObject({
      ok: true,
      case: { state: "voided", version: step.case.version + 1 },
    });
    expect([docket.size, docket.changed().cases.length]).toEqual([0, 1]);
  });
});
