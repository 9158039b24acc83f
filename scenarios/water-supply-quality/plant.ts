// The questions asked of the tank and the pumps: the hatch, the pressure, the cleaning.

import { condition, days, hours, minutes, operatorDefault, seconds } from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import { plate, secondary, waterCase } from "./sources.ts";

/** Works on the tank are a permit of the register, which keeps this rule quiet. */
export const hatch = () =>
  condition<Reading, Site>({
    asks: { zh: "水箱人孔盖是否被打开？", en: "Has the tank's hatch been opened?" },
    raise: ({ hatchOpen }) => (hatchOpen === undefined ? undefined : hatchOpen && "red"),
    sources: [secondary, operatorDefault],
    rationale: {
      act: {
        zh: "立即联系物业核实；查看监控，无人认领即停水、报警、取样；检查后复位。",
        en: "Ask the property at once; if nobody owns it stop the supply, call police, sample; reset.",
      },
      within: minutes(5),
      otherwise: {
        zh: "可能有人投毒或坠入水箱。",
        en: "The water may be poisoned, or a person fall in.",
      },
    },
    alert: {
      hold: seconds(30),
      samples: 1, // told when it opens; the next reading is five minutes away
      release: 0,
      latch: true,
      case: {
        ...waterCase,
        from: "red",
        filing: { zh: "水箱人孔盖无故开启", en: "The hatch of a tank was opened without a permit" },
        closing: {
          zh: "人孔盖已锁闭，现场检查并取样合格",
          en: "The hatch is locked; inspected on site and a sample has passed",
        },
        unit: "property-management",
      },
    },
  });

/** What the outlet must keep to: near what the pump is set to, else what a low building needs. */
export function pressureBand(p: Params, { setPressureMpa }: Site): [low: number, high: number] {
  if (setPressureMpa === undefined) return [p.pressureLowMpa, p.pressureHighMpa];
  const share = p.pressureBandPct / 100;
  return [rounded(setPressureMpa * (1 - share)), rounded(setPressureMpa * (1 + share))];
}

const rounded = (mpa: number): number => Math.round(mpa * 10_000) / 10_000;

export const pressure = (p: Params) => ({
  ...condition<Reading, Site>({
    asks: { zh: "供水压力是否异常？", en: "Is the supply pressure off?" },
    raise: ({ outletPressureMpa: mpa }, site) => {
      if (mpa === undefined) return undefined;
      const [low, high] = pressureBand(p, site);
      return (mpa < low || mpa > high) && "yellow";
    },
    value: (reading) => reading.outletPressureMpa,
    sources: [plate, operatorDefault],
    rationale: {
      act: {
        zh: "通知物业查水泵、变频器、稳压罐和爆管。",
        en: "Have the property check pumps, drive, pressure vessel and for a burst pipe.",
      },
      within: minutes(30),
      otherwise: {
        zh: "高层断水，或管道爆裂、污水倒吸。",
        en: "Upper floors run dry, pipes burst, or foul water is sucked in.",
      },
    },
    alert: {
      hold: minutes(5),
      release: 0,
      case: {
        ...waterCase,
        from: "yellow",
        when: { unacknowledgedFor: minutes(5) },
        filing: { zh: "二次供水压力异常", en: "The pressure of a secondary supply is off" },
        closing: { zh: "压力恢复正常", en: "The pressure is normal again" },
        unit: "property-management",
        verify: minutes(30),
      },
    },
  }),
  thresholds: (site: Site) => {
    const [low, high] = pressureBand(p, site);
    const drawn = { field: "outletPressureMpa", level: "yellow" } as const;
    return [
      { ...drawn, when: "below", bound: low } as const,
      { ...drawn, when: "at-or-above", bound: high } as const,
    ];
  },
});

export const cleaning = (p: Params) => ({
  ...condition<Reading, Site>({
    asks: { zh: "水箱清洗是否逾期？", en: "Is the tank overdue for cleaning?" },
    raise: ({ daysSinceCleaned }) =>
      daysSinceCleaned === undefined ? undefined : daysSinceCleaned > p.cleanDays && "blue",
    value: (reading) => reading.daysSinceCleaned,
    sources: [secondary, operatorDefault],
    rationale: {
      act: {
        zh: "督促物业安排清洗消毒并送检，登记清洗日期。",
        en: "Have the property clean, disinfect and sample the tank, and record the date.",
      },
      within: days(7),
      otherwise: { zh: "水箱积泥，微生物滋生。", en: "Sludge and germs build up in the tank." },
    },
    alert: { hold: 0, release: 0, gap: hours(1) },
  }),
  thresholds: () => [
    { field: "daysSinceCleaned", when: "at-or-above", bound: p.cleanDays, level: "blue" } as const,
  ],
});
