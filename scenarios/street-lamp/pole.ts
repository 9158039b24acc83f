// The questions asked of the pole: whether it is live, whether it leans, whether its door is open.

import { above, condition, minutes, operatorDefault, seconds } from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import { lampCase, residual } from "./sources.ts";

export const leakage = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "灯杆是否漏电？", en: "Does the pole leak current?" },
    field: "leakageMa",
    bounds: () => ({ orange: p.leakOrangeMa, red: p.leakRedMa }),
    clear: () => ({ orange: p.leakClearMa }),
    sources: [residual, operatorDefault],
    rationale: {
      act: {
        zh: "红色立即远程断电；派人到场围护，积水时禁止靠近，电工查明后恢复。",
        en: "Red: cut the power at once. Fence the pole off, the more so in water; send electricians.",
      },
      within: minutes(5),
      otherwise: { zh: "行人触电身亡。", en: "A passer-by is electrocuted." },
    },
    alert: {
      hold: seconds(10),
      samples: 1, // told when it happens; the next reading is a quarter of an hour away
      release: 0,
      case: {
        ...lampCase,
        from: "orange",
        class: "05-95",
        filing: { zh: "路灯漏电，危及行人", en: "A lamp post leaks current and endangers people" },
        closing: { zh: "漏电已排除，绝缘检测合格", en: "The leak is mended, insulation tested" },
        limit: { amount: 2, unit: "urgent-hour" },
      },
    },
  });

export const tilt = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "灯杆是否倾斜？", en: "Does the pole lean?" },
    field: "tiltDeg",
    bounds: () => ({ orange: p.tiltOrangeDeg, red: p.tiltRedDeg }),
    clear: () => ({ orange: p.tiltClearDeg }),
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "到场围护，断电；红色封闭人行道，吊车扶正或拆除。",
        en: "Fence it off, cut its power; red: close the pavement, right or remove it by crane.",
      },
      within: minutes(30),
      otherwise: { zh: "灯杆倒下砸伤行人、车辆。", en: "The pole falls on people or cars." },
    },
    alert: {
      hold: minutes(1),
      release: 0,
      gap: minutes(40),
      case: {
        ...lampCase,
        from: "orange",
        filing: { zh: "路灯倾斜、倒地、折断", en: "A lamp post leans, has fallen or broken" },
        closing: { zh: "已扶正、更换或拆除", en: "Righted, replaced or removed" },
        limit: { amount: 1, unit: "work-day" },
      },
    },
  });

/** Works on the pole are a permit of the register, which keeps this rule quiet. */
export const door = () =>
  condition<Reading, Site>({
    asks: { zh: "检修门是否被打开？", en: "Has the pole's door been opened?" },
    raise: ({ doorOpen }) => (doorOpen === undefined ? undefined : doorOpen && "yellow"),
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "查看监控，联系养护单位；无人作业则到场关闭并检查线缆。",
        en: "Ask the maintainer; if nobody works there have it shut and the wires checked.",
      },
      within: minutes(60),
      otherwise: { zh: "带电部位外露，电缆被盗。", en: "Live parts lie open; cables are stolen." },
    },
    alert: {
      hold: minutes(5),
      samples: 1, // told when it opens, and when it shuts
      release: 0,
      case: {
        ...lampCase,
        when: { unacknowledgedFor: minutes(5) },
        filing: {
          zh: "路灯破损、缺失、电线裸露",
          en: "A lamp post is open and its wires are bare",
        },
        closing: { zh: "检修门已关闭锁好", en: "The door is shut and locked" },
        limit: { amount: 1, unit: "work-day" },
      },
    },
  });
