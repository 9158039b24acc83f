// E-bikes that charge: a port that is hot, gives too much or for too long, smoke in the shed, and
// charging where it must not be.

import {
  above,
  condition,
  hours,
  minutes,
  operatorDefault,
  type Rationale,
  type Rule,
  seconds,
  silent,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import { chargingCase, highRiseRule, shanghaiRule } from "./sources.ts";

const cutIt: Rationale = {
  act: {
    zh: "端口自动断电；未断的远程断电，物业到场把车移出，备灭火器。",
    en: "The port cuts itself, else from here; the bike is taken out, extinguisher at hand.",
  },
  within: minutes(5),
  otherwise: {
    zh: "电池热失控，数分钟内烧及整棚。",
    en: "The battery runs away and takes the shed within minutes.",
  },
};

/** A port speaks on change; at such heat the next message may come too late. */
export const portHot = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "充电端口是否过热？", en: "Is the charging port too hot?" },
    field: "portCel",
    bounds: () => ({ orange: p.hotCel, red: p.burningCel }),
    clear: () => ({ orange: p.hotClearCel }),
    sources: [operatorDefault],
    rationale: cutIt,
    alert: {
      hold: { orange: seconds(60), red: seconds(10) },
      samples: 1,
      release: 0,
      case: { ...chargingCase, from: "orange", limit: { amount: 1, unit: "urgent-hour" } },
    },
  });

export const overPower = (p: Params): Rule<Reading, Site, null> => {
  const rated = (site: Site) => site.ratedW ?? p.ratedW;
  const clear = (site: Site) => (p.overPowerClearPct / 100) * rated(site);
  const rule = condition<Reading, Site>({
    asks: { zh: "充电功率是否超额定？", en: "Does the port give more than it is rated for?" },
    raise: ({ powerW }, site) =>
      powerW === undefined ? undefined : powerW > rated(site) && "yellow",
    clear: ({ powerW }, site) => (powerW === undefined ? undefined : powerW < clear(site)),
    value: (reading) => reading.powerW,
    sources: [{ kind: "register", title: "端口额定功率 / rated power of a port" }, operatorDefault],
    rationale: { ...cutIt, within: minutes(15) },
    alert: {
      hold: seconds(60),
      release: 0,
      case: { ...chargingCase, when: { unacknowledgedFor: minutes(5) } },
    },
  });
  return {
    ...rule,
    thresholds: (site) => [
      {
        field: "powerW",
        when: "at-or-above",
        bound: rated(site),
        level: "yellow",
        clear: clear(site),
      },
    ],
  };
};

export const overtime = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "是否充电过久？", en: "Has it been charging for too long?" },
    raise: ({ durationMin }) =>
      durationMin === undefined ? undefined : durationMin > p.overtimeMin && "blue",
    value: (reading) => reading.durationMin,
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "端口自动断电，短信提醒车主取车。",
        en: "The port cuts itself; a message asks the owner to fetch the bike.",
      },
      within: hours(2),
      otherwise: { zh: "电池过充。", en: "The battery is overcharged." },
    },
    alert: { hold: 0, release: 0 },
  });

export const smoke = () =>
  condition<Reading, Site>({
    asks: { zh: "充电棚是否冒烟？", en: "Is there smoke in the charging shed?" },
    raise: (reading) => (reading.smoke === undefined ? undefined : reading.smoke && "red"),
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "整棚断电，微型消防站3分钟到场，拨打119；疏散周边，锂电池持续浇水降温。",
        en: "Cut the shed; micro fire station and 119; keep people off, cool with much water.",
      },
      within: seconds(60),
      otherwise: { zh: "火烧连营，殃及楼房。", en: "Bike after bike burns, then the house." },
    },
    alert: {
      hold: 0,
      samples: 1,
      release: 0,
      latch: true,
      case: {
        ...chargingCase,
        from: "red",
        filing: { zh: "充电棚冒烟", en: "Smoke in a charging shed" },
        closing: { zh: "火险已排除，无复燃", en: "The danger is over and will not flare up again" },
        limit: { amount: 10, unit: "urgent-minute" },
        unit: "micro-fire-station",
      },
    },
  });

export const wildCharging = () =>
  condition<Reading, Site>({
    asks: {
      zh: "是否飞线或在楼道充电？",
      en: "Is a bike charged by a flying wire or in a corridor?",
    },
    raise: (reading) =>
      reading.wildCharging === undefined ? undefined : reading.wildCharging !== "none" && "orange",
    sources: [highRiseRule, shanghaiRule, operatorDefault],
    rationale: {
      act: {
        zh: "物业当场断电、拆线、移车；屡犯的移交消防、城管。",
        en: "The property cuts it, takes wire and bike away; repeated: fire authority, patrol.",
      },
      within: hours(1),
      otherwise: { zh: "楼道起火，无路可逃。", en: "A fire in the corridor leaves no way out." },
    },
    alert: {
      hold: 0,
      release: 0,
      case: {
        ...chargingCase,
        from: "orange",
        class: "01-08",
        filing: { zh: "飞线或在楼道充电", en: "Charged by a flying wire or in a corridor" },
        closing: { zh: "线已拆除，车辆已移出", en: "The wire is gone and the bike is out" },
        limit: { amount: 4, unit: "work-hour" },
        unit: "urban-management",
      },
    },
  });

export const quiet = () => silent<Reading, Site>({ after: minutes(10), level: "yellow" });
