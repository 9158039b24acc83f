// The brain's own scenario: a scenario that fails is an alert like any other, raised, released and handled by the same rules.

import Type, { type Static } from "typebox";
import type { Grade } from "../core/level.ts";
import { offlineCase } from "../core/presets/silent.ts";
import { defineRule, operatorDefault } from "../core/rule.ts";
import { defineScenario } from "../core/scenario.ts";
import { minutes, seconds } from "../core/time.ts";

/** Site and scenario id of the brain itself; its "sensors" are the scenarios. */
export const HEALTH = "brain-health";

const reading = Type.Object({
  /** throws, not-json, bad-answer, unfit, slow, out or in; of a gateway or a site: blind or sees. */
  fault: Type.String(),
  rule: Type.String(),
  detail: Type.String(),
  /** How bad it is that nobody sees anything there. */
  level: Type.Optional(Type.String()),
});
type Said = Static<typeof reading>;

/** Names the rule whose alert stands for those of all sensors that a gateway or a site has blinded. */
export const BLIND = "blind";
const ABOUT_SIGHT: readonly string[] = ["blind", "sees"];

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

const blindRationale = {
  act: {
    zh: "先查网关的供电和网络，再派运维单位到场；恢复前以巡查代替这些传感器。",
    en: "Check the gateway's power and network, then send the maintainer; until it is back, patrol instead.",
  },
  within: minutes(30),
  otherwise: {
    zh: "此处所有传感器的险情都无人知晓。",
    en: "Trouble that any of these sensors should see goes unnoticed.",
  },
};

/** Raised when a rule throws, answers what cannot be kept, takes too long, or its scenario is taken out of service. */
export const health = defineScenario({
  id: HEALTH,
  version: 1,
  name: { zh: "系统自检", en: "The brain's own health" },
  story: {
    zh: "规则出错、超时或被停用，以及网关或整个站点失联时告警。",
    en: "Alerts when a rule fails, is slow or out of service, or a gateway or site is blind.",
  },
  every: seconds(60),
  siteKind: "brain",
  reading,
  labels: {
    fault: { zh: "故障", en: "Fault" },
    rule: { zh: "规则", en: "Rule" },
    detail: { zh: "说明", en: "Detail" },
    level: { zh: "级别", en: "Level" },
  },
  site: Type.Object({}),
  sampleSite: {},
  params: Type.Object({}),
  rules: () => ({
    faulty: defineRule<Said, boolean>({
      asks: { zh: "场景规则是否出错？", en: "Has a rule of this scenario failed?" },
      sources: [operatorDefault],
      rationale,
      alert: { hold: 0, release: 0, gap: Number.POSITIVE_INFINITY },
      initial: false,
      /** Its state says whether the scenario is out of service: that lasts until it is put back. */
      judge(out, event, at) {
        if (event.kind !== "reading") return { state: out, signal: { level: "ok" } };
        const { fault, rule } = event.reading;
        if (ABOUT_SIGHT.includes(fault)) return { state: out };
        const note = rule ? `${fault}: ${rule}` : fault;
        if (fault === "in") return { state: false, signal: { level: "ok", note } };
        const level = fault === "slow" ? "yellow" : "orange";
        const state = out || fault === "out";
        // Half an hour without a further fault is taken as mended.
        return { state, signal: { level, note }, wakeAt: state ? undefined : at + minutes(30) };
      },
    }),
    [BLIND]: defineRule<Said, null>({
      asks: {
        zh: "网关或整个站点是否已失联？",
        en: "Has a gateway, or a whole site, gone quiet?",
      },
      sources: [operatorDefault],
      rationale: blindRationale,
      // A gateway that comes back within two minutes was restarted.
      alert: {
        hold: minutes(2),
        samples: 1,
        release: 0,
        gap: Number.POSITIVE_INFINITY,
        case: { ...offlineCase(minutes(30)), from: "yellow" },
      },
      initial: null,
      judge(state, event) {
        if (event.kind !== "reading" || !ABOUT_SIGHT.includes(event.reading.fault))
          return { state };
        const { fault, level, detail } = event.reading;
        if (fault === "sees") return { state, signal: { level: "ok" } };
        return { state, signal: { level: (level ?? "yellow") as Grade, note: detail } };
      },
    }),
  }),
  incidents: {},
  simulate: () => null,
});
