// What needs no weighing: a call for help, water left on, and a sensor that says nothing.

import {
  condition,
  defineRule,
  type Grade,
  hours,
  minutes,
  offlineCase,
  operatorDefault,
  seconds,
  silent,
} from "#scenario";
import { careCase } from "./rules.ts";
import type { Params, Reading, Site } from "./schema.ts";
import { type Meter, read } from "./water.ts";

export const waterOn = (p: Params) =>
  defineRule<Reading, Meter | null, Site>({
    asks: { zh: "水龙头是否没关？", en: "Has the water been left on?" },
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "致电提醒关水；无人接听上门，兼看老人是否跌倒。",
        en: "Ring and ask to turn it off; no answer: go there, a fall being possible.",
      },
      within: minutes(30),
      otherwise: { zh: "水漫、地滑，或人已倒下。", en: "A flood, a slip, or a fall unseen." },
    },
    alert: {
      hold: hours(2),
      release: 0,
      gap: minutes(75),
      case: {
        ...careCase,
        when: { unacknowledgedFor: minutes(5) },
        filing: { zh: "独居老人家中持续用水", en: "Water has been left on in an elder's home" },
        limit: { amount: 2, unit: "urgent-hour" },
      },
    },
    initial: null,
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const { cumulativeVolumeM3: volume } = event.reading;
      if (volume === undefined) return { state: before };
      const { flow, ...meter } = read(before && { ...before, buckets: [] }, volume, at);
      const state = { ...meter, buckets: [], flow };
      if (flow === null) return { state, signal: { level: "unknown" } };
      if (flow >= p.flowM3PerH) return { state, signal: { level: "yellow", value: flow } };
      return { state, signal: { level: "ok", value: flow, lingers: flow > 0 || undefined } };
    },
  });

export const sos = () =>
  condition<Reading, Site>({
    asks: { zh: "是否按下呼救按钮？", en: "Has help been called for?" },
    raise: (reading): Grade | false | undefined =>
      reading.sos === undefined ? undefined : reading.sos && "red",
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "立即回拨；误按由值班员复位，无人接听或求助：志愿者、持钥匙人和120同时出动。",
        en: "Ring back now; a mistake is reset; else volunteer, key-holder and 120 go.",
      },
      within: seconds(60),
      otherwise: { zh: "求助者无人应答。", en: "A call for help goes unanswered." },
    },
    alert: {
      hold: 0,
      samples: 1,
      release: 0,
      latch: true,
      case: {
        ...careCase,
        from: "red",
        when: "at-once",
        filing: { zh: "独居老人呼救", en: "An elder calls for help" },
        limit: { amount: 15, unit: "urgent-minute" },
      },
    },
  });

/** A meter speaks every half hour; what waits for an event tells of itself every four hours. */
export const quiet = () =>
  silent<Reading, Site>({
    after: ({ cumulativeVolumeM3 }) => (cumulativeVolumeM3 === undefined ? hours(12) : hours(2)),
    level: "orange",
    rationale: {
      act: {
        zh: "致电本人确认平安，再请运维检查设备、网关和供电。",
        en: "Ring the elder first; then have sensor, gateway and power checked.",
      },
      within: minutes(30),
      otherwise: { zh: "“没有数据”被当成“没有事”。", en: "No data would pass for no trouble." },
    },
    case: { ...offlineCase(minutes(5)), limit: { amount: 1, unit: "work-day" } },
  });
