import { describe, expect, it } from "vitest";
import { type Case, type CaseEvent, caseStates, lostReasons, verdicts } from "../cases/case.ts";
import { caseMessages } from "./cases.ts";

/** Every kind of line, by the compiler's word: a new kind that is not here does not compile. */
const kinds: Record<CaseEvent["kind"], true> = {
  opened: true,
  joined: true,
  "alert-resolved": true,
  "alert-relapsed": true,
  dispatched: true,
  accepted: true,
  handled: true,
  "check-passed": true,
  rework: true,
  ready: true,
  "not-ready": true,
  closed: true,
  voided: true,
  commented: true,
  escalated: true,
  "sensor-lost": true,
  "sensor-heard": true,
};
const words: Record<Case["sensorWord"]["says"], true> = {
  abnormal: true,
  normal: true,
  unknown: true,
};

describe("the words of cases", () => {
  it("name every state, verdict, reason, line and sensors' word, and nothing that is none", () => {
    const wanted = [
      "case.brain",
      ...caseStates.map((state) => `case.state.${state}`),
      ...verdicts.map((verdict) => `case.verdict.${verdict}`),
      ...lostReasons.map((reason) => `case.lost.${reason}`),
      ...Object.keys(kinds).map((kind) => `case.line.${kind}`),
      ...Object.keys(words).map((word) => `case.word.${word}`),
    ];
    expect(Object.keys(caseMessages).sort()).toEqual(wanted.sort());
  });
});
