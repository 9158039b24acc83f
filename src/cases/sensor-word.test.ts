import { describe, expect, it } from "vitest";
import { minutes } from "../core/time.ts";
import { sampleAlert } from "../testing/cases/sample.ts";
import {
  A,
  accept,
  accepted,
  caseAfter,
  dispatch,
  entry,
  fail,
  handle,
  handled,
  handledReady,
  kinds,
  opened,
  pass,
  ready,
  relapsed,
  resolved,
  T0,
} from "../testing/cases/way.ts";
import type { CaseCommand } from "./decide.ts";
import { evolve, fold } from "./evolve.ts";
import { look, nextLookAt } from "./look.ts";

describe("rework", () => {
  it("returns the case to its unit after a failed check, counted, with its history", () => {
    const again = caseAfter(...handled, fail);
    expect(again).toMatchObject({ state: "dispatched", unitId: "U-1", reworks: 1 });
    expect(caseAfter(...handled, fail, accept, handle, pass, fail).reworks).toBe(2);
  });

  it.each([
    ["handled", handledReady],
    ["checked", [...handledReady, pass]],
  ] as const)("follows a relapse of a case that is %s, and takes its readiness", (_, steps) => {
    const before = caseAfter(...steps);
    expect(before.readyToClose).toBe(true);
    const lines = accepted(before, relapsed, T0 + minutes(90));
    expect(lines.map(({ kind }) => kind)).toEqual(["alert-relapsed", "not-ready", "rework"]);
    expect(fold(lines, before)).toMatchObject({
      state: "dispatched",
      reworks: 1,
      readyToClose: false,
      openAlertIds: [A],
    });
  });

  it("follows a new alert that joins a case said to be handled", () => {
    const joined: CaseCommand = { kind: "alert.joined", ...entry, alert: sampleAlert({ id: "b" }) };
    expect(kinds(caseAfter(...handled), joined)).toEqual(["joined", "rework"]);
    expect(kinds(caseAfter(opened, dispatch), joined)).toEqual(["joined"]);
  });

  it("does not count a relapse while the unit is still at work", () => {
    expect(caseAfter(opened, dispatch, accept, resolved, relapsed).reworks).toBe(0);
  });

  it("follows a latched alert that comes back, though it never resolved", () => {
    expect(kinds(caseAfter(...handled), relapsed)).toEqual(["alert-relapsed", "rework"]);
  });
});

describe("the sensors' word", () => {
  const lost = (why: "silent" | "out-of-service" = "silent"): CaseCommand => ({
    kind: "sensor.lost",
    alertIds: [A],
    why,
  });
  const heard = (why: "silent" | "out-of-service" = "silent"): CaseCommand => ({
    kind: "sensor.heard",
    alertIds: [A],
    why,
  });
  const B = sampleAlert({ id: "b", sensorId: "G-2" });
  const joinB: CaseCommand = { kind: "alert.joined", ...entry, alert: B };

  it("is normal only since the last of its alerts resolved", () => {
    expect(caseAfter(opened, joinB, resolved).sensorWord).toEqual({ says: "abnormal", since: T0 });
    const both = caseAfter(opened, joinB, resolved, { kind: "alert.resolved", alertId: "b" });
    expect(both.sensorWord).toEqual({ says: "normal", since: T0 + minutes(3) });
    expect(nextLookAt(both)).toBe(T0 + minutes(33));
  });

  it("makes the case ready at the very instant the verify period ends, not when somebody looks", () => {
    const before = caseAfter(opened, resolved);
    expect(look(before, T0 + minutes(31) - 1)).toEqual([]);
    const [line] = look(before, T0 + minutes(500));
    expect(line).toMatchObject({ kind: "ready", by: "brain", at: T0 + minutes(31), seq: 3 });
    expect(nextLookAt(evolve(before, line!))).toBeNull();
  });

  it("is unknown while a sensor is lost, and the verify period starts anew when it is heard again", () => {
    const silent = caseAfter(opened, resolved, lost());
    expect(silent.sensorWord).toEqual({ says: "unknown", since: T0 + minutes(2) });
    expect(nextLookAt(silent)).toBeNull();
    expect(nextLookAt(caseAfter(opened, resolved, lost(), heard()))).toBe(T0 + minutes(33));
  });

  it("takes readiness back when a sensor is lost after the verify period", () => {
    const before = caseAfter(opened, resolved, ready);
    expect(kinds(before, lost())).toEqual(["sensor-lost", "not-ready"]);
  });

  it("stays unknown until every reason is gone", () => {
    const twice = caseAfter(opened, resolved, lost(), lost("out-of-service"), heard());
    expect(twice.sensorWord.says).toBe("unknown");
    expect(kinds(twice, heard())).toEqual([]);
    const steps = [
      opened,
      resolved,
      lost(),
      lost("out-of-service"),
      heard(),
      heard("out-of-service"),
    ];
    expect(caseAfter(...steps).sensorWord.says).toBe("normal");
  });

  it("is abnormal, not unknown, while another sensor still reports the trouble", () => {
    expect(caseAfter(opened, joinB, lost()).sensorWord.says).toBe("abnormal");
    expect(caseAfter(opened, lost()).sensorWord.says).toBe("unknown");
  });

  it("stays unknown when a person resets the alert of a silent sensor", () => {
    expect(caseAfter(opened, lost(), resolved).sensorWord.says).toBe("unknown");
  });

  it("hears a sensor whose alert comes back, since only a reading can bring it back", () => {
    expect(caseAfter(opened, resolved, lost(), relapsed).sensorWord.says).toBe("abnormal");
    expect(caseAfter(opened, resolved, lost(), relapsed, resolved).sensorWord.says).toBe("normal");
  });
});
