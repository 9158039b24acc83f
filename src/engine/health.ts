// The brain's own scenario: a scenario that fails is an alert like any other, raised, released and handled by the same rules.

import Type from "typebox";
import { defineRule, operatorDefault } from "../core/rule.ts";
import { defineScenario } from "../core/scenario.ts";
import { minutes, seconds } from "../core/time.ts";

/** Site and scenario id of the brain itself; its "sensors" are the scenarios. */
export const HEALTH = "brain-health";

const reading = Type.Object({
  /** throws, not-json, bad-answer, slow, out or in. */
  fault: Type.String(),
  rule: Type.String(),
  detail: Type.String(),
});

const rationale = {
  act: {
    zh: "通知场景开发者；其余场景不受影响。查看错误说明，必要时回退版本或停用该场景。",
    en: "Tell the scenario's developer; the other scenarios go on. Read the error; roll back or take the scenario out of service.",
  },
  within: minutes(30),
  otherwise: {
    zh: "该场景的险情可能无人发现。",
    en: "Trouble that this scenario should notice may go unnoticed.",
  },
};

/** Raised when a rule throws, answers what cannot be kept, takes too long, or its scenario is taken out of service. */
export const health = defineScenario({
  id: HEALTH,
  version: 1,
  name: { zh: "系统自检", en: "The brain's own health" },
  story: {
    zh: "规则出错、超时或被停用时告警。",
    en: "Alerts when a rule fails, is too slow, or is taken out of service.",
  },
  every: seconds(60),
  siteKind: "brain",
  reading,
  labels: {
    fault: { zh: "故障", en: "Fault" },
    rule: { zh: "规则", en: "Rule" },
    detail: { zh: "说明", en: "Detail" },
  },
  site: Type.Object({}),
  sampleSite: {},
  params: Type.Object({}),
  rules: () => ({
    faulty: defineRule<{ fault: string; rule: string; detail: string }, boolean>({
      asks: { zh: "场景规则是否出错？", en: "Has a rule of this scenario failed?" },
      sources: [operatorDefault],
      rationale,
      alert: { hold: 0, release: 0, gap: Number.POSITIVE_INFINITY },
      initial: false,
      /** Its state says whether the scenario is out of service: that lasts until it is put back. */
      judge(out, event, at) {
        if (event.kind !== "reading") return { state: out, signal: { level: "ok" } };
        const { fault, rule } = event.reading;
        const note = rule ? `${fault}: ${rule}` : fault;
        if (fault === "in") return { state: false, signal: { level: "ok", note } };
        const level = fault === "slow" ? "yellow" : "orange";
        const state = out || fault === "out";
        // Half an hour without a further fault is taken as mended.
        return { state, signal: { level, note }, wakeAt: state ? undefined : at + minutes(30) };
      },
    }),
  }),
  incidents: {},
  simulate: () => null,
});
