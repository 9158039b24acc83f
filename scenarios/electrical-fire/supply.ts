// Power that is gone: from one switchboard, and from a whole building, whose lifts and meters then
// have one parent alert.

import {
  condition,
  defineRule,
  type Grade,
  minutes,
  operatorDefault,
  type Rationale,
  seconds,
  severity,
  silent,
} from "#scenario";
import { isDead } from "./rules.ts";
import type { Params, Reading, Site } from "./schema.ts";

const noPower: Rationale = {
  act: {
    zh: "查计划停电；联系供电95598；核对电梯困人、居家吸氧老人、消防水泵和应急照明。",
    en: "Planned? Ring the grid; check lifts for people, elders on oxygen, fire pumps, lights.",
  },
  within: minutes(5),
  otherwise: {
    zh: "有人困在电梯或居家医疗设备断电，而屏上只有一片离线。",
    en: "People sit in lifts or without oxygen, behind a screen full of offline sensors.",
  },
};

/** All phases dead. Orange where the whole building hangs on this board: others hear it so. */
export const supplyLost = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "配电箱是否失电？", en: "Is the switchboard without power?" },
    raise: (reading, site): Grade | false | undefined => {
      const dead = isDead(p, reading);
      return dead && (site.feedsBuilding === true ? "orange" : "yellow");
    },
    sources: [operatorDefault],
    rationale: noPower,
    // A monitor may have strength for one last message only.
    alert: { hold: seconds(30), samples: 1, release: minutes(1) },
  });

/** What goes on in the building: switchboards without power, and lifts that have gone quiet. */
type Sign = { board: boolean; level: Grade };
type Signs = { readonly [siteId: string]: Sign };

/** More than this are not kept of one building. */
const SIGNS_MAX = 100;

/**
 * One alert for a building without power: its incoming supply is dead, or one of its boards is and
 * something else of it agrees. Quiet lifts alone are no power cut; their gateway may be lost.
 */
export const powerCut = () =>
  defineRule<Reading, Signs, Site>({
    asks: { zh: "整栋楼是否停电？", en: "Is the whole building without power?" },
    subject: "site",
    hears: [
      { scenario: "electrical-fire", rule: "supplyLost" },
      { scenario: "elevator-safety", rule: "silent" },
    ],
    at: "building",
    sources: [operatorDefault],
    rationale: noPower,
    alert: { hold: 0, release: minutes(1) },
    initial: {},
    judge(before, event) {
      if (event.kind !== "heard") return { state: before };
      const { siteId, change, level, scenario } = event.heard;
      const others = Object.entries(before).filter(([id]) => id !== siteId);
      const isOver = change === "resolved" || change === "latched";
      const sign: Sign = { board: scenario === "electrical-fire", level };
      const signs = isOver ? others : [...others.slice(1 - SIGNS_MAX), [siteId, sign] as const];
      const state = Object.fromEntries(signs);
      const all = Object.values(state);
      const boards = all.filter(({ board }) => board);
      const isMain = boards.some((one) => severity(one.level) >= severity("orange"));
      const value = all.length;
      if (isMain || (boards.length > 0 && all.length >= 2))
        return { state, signal: { level: "orange", value } };
      const lingers = boards.length > 0 || undefined;
      return { state, signal: { level: "ok", value, lingers } };
    },
  });

export const quiet = () => silent<Reading, Site>({ after: minutes(15), level: "yellow" });
