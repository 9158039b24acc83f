// The questions asked of a manhole: whether its cover is there, loose or bouncing, whether water or
// gas comes up.

import { above, condition, hours, minutes, operatorDefault, seconds, silent } from "#scenario";
import { bouncing } from "./bouncing.ts";
import { onEvents } from "./event-rule.ts";
import type { Params, Reading, Site } from "./schema.ts";
import { caseTable, gasCase, looseCase, openCase, place, surchargeCase } from "./sources.ts";

const ON_COVER = ["coverOpen", "tiltDeg"] as const;

/** Works have a permit in the register, which mutes people; the rule does not look at it. */
const opened = (p: Params) =>
  onEvents(ON_COVER, {
    ...condition<Reading, Site>({
      asks: { zh: "井盖是否打开或缺失？", en: "Is the cover open or missing?" },
      raise: ({ coverOpen, tiltDeg }, { onCarriageway, atSchool }) => {
        if (coverOpen !== true && (tiltDeg ?? 0) < p.openDeg) return false;
        return onCarriageway || atSchool ? "red" : "orange";
      },
      clear: ({ tiltDeg }) => (tiltDeg ?? 0) < p.shutDeg,
      value: ({ tiltDeg }) => tiltDeg,
      sources: [operatorDefault, place, caseTable],
      rationale: {
        act: {
          zh: "核对作业许可；无许可即派最近人员看守围护，通知权属单位复位，复位后凭照片复核。",
          en: "No permit: have it guarded at once, the owner called; reset with a photo.",
        },
        within: minutes(10),
        otherwise: { zh: "行人、车辆坠入。", en: "People and vehicles fall in." },
      },
      alert: {
        hold: seconds(60),
        samples: 1, // the device wakes by its switch, and speaks on change only
        release: minutes(5),
        latch: true, // a person has seen the photo
        case: openCase,
      },
    }),
    thresholds: ({ onCarriageway, atSchool }) => [
      {
        field: "tiltDeg",
        when: "at-or-above",
        bound: p.openDeg,
        level: onCarriageway || atSchool ? "red" : "orange",
        clear: p.shutDeg,
      },
    ],
  });

/** From fifteen degrees on it is open, and the rule above speaks. */
const loose = (p: Params) =>
  onEvents(
    ["tiltDeg"],
    condition<Reading, Site>({
      asks: { zh: "井盖是否松动翘起？", en: "Is the cover loose?" },
      raise: ({ tiltDeg = 0, coverOpen }) =>
        tiltDeg >= p.looseDeg && tiltDeg < p.openDeg && coverOpen !== true && "yellow",
      clear: ({ tiltDeg = 0 }) => tiltDeg < p.looseClearDeg,
      value: ({ tiltDeg }) => tiltDeg,
      sources: [operatorDefault, caseTable],
      rationale: {
        act: {
          zh: "通知权属单位当日固定，车行道先放警示桩。",
          en: "Have its owner make it fast today; put a post on a carriageway.",
        },
        within: hours(2),
        otherwise: { zh: "井盖移位、翻转伤人。", en: "It shifts, or turns under somebody." },
      },
      alert: { hold: minutes(10), samples: 1, release: 0, case: looseCase },
    }),
  );

const surcharge = (p: Params) =>
  onEvents(["waterDistanceM"], {
    ...condition<Reading, Site>({
      asks: { zh: "井内水是否将冒溢？", en: "Does water come up the manhole?" },
      raise: ({ waterDistanceM = Number.POSITIVE_INFINITY }) => {
        if (waterDistanceM <= 0) return "orange";
        return waterDistanceM <= p.waterM && "yellow";
      },
      clear: ({ waterDistanceM = 0 }) => waterDistanceM > p.waterClearM,
      value: ({ waterDistanceM }) => waterDistanceM,
      sources: [operatorDefault, caseTable],
      rationale: {
        act: {
          zh: "派排水疏通、查下游泵站；已冒溢时围挡，防止井盖被顶开。",
          en: "Have the sewer cleared, check the pumps; fence it off: the cover may lift.",
        },
        within: minutes(30),
        otherwise: { zh: "污水冒溢，井盖顶开，路面积水。", en: "Sewage floods the road." },
      },
      alert: {
        hold: { yellow: minutes(10), orange: minutes(2) },
        release: 0,
        case: surchargeCase,
      },
    }),
    thresholds: () => [
      {
        field: "waterDistanceM",
        when: "below",
        bound: p.waterM,
        level: "yellow",
        clear: p.waterClearM,
      },
      { field: "waterDistanceM", when: "below", bound: 0, level: "orange" },
    ],
  });

const gas = (p: Params) =>
  onEvents(
    ["ch4LelPct"],
    above<Reading, Site>({
      asks: { zh: "井内甲烷是否积聚？", en: "Does methane gather in the manhole?" },
      field: "ch4LelPct",
      bounds: () => ({ orange: p.methanePct }),
      clear: () => ({ orange: p.methaneClearPct }),
      sources: [operatorDefault],
      rationale: {
        act: {
          zh: "警戒、禁火、停止下井作业，联系燃气和排水查明来源。",
          en: "Cordon off, no flames, nobody enters; gas and drainage find its source.",
        },
        within: minutes(10),
        otherwise: { zh: "遇火爆炸，井盖飞出。", en: "It explodes and the cover flies." },
      },
      alert: { hold: minutes(2), release: 0, case: gasCase },
    }),
  );

export const rules = (p: Params) => ({
  opened: opened(p),
  loose: loose(p),
  bouncing: bouncing(p),
  surcharge: surcharge(p),
  gas: gas(p),
  silent: silent<Reading, Site>({ after: hours(48), level: "yellow" }),
});
