// What a circuit says of itself: leaking, hot, arcing, out of its voltage, loaded too much.

import {
  above,
  condition,
  hours,
  minutes,
  operatorDefault,
  type Rule,
  rise,
  type Signal,
  seconds,
  severity,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import {
  arcDetector,
  coolDown,
  findLeak,
  fireAlarmDesign,
  hazardCase,
  heatDetector,
  laterCase,
  residualDetector,
  residualDevices,
  urgentCase,
  voltageQuality,
} from "./sources.ts";

const CONTACTS = [
  "temperatureACel",
  "temperatureBCel",
  "temperatureCCel",
  "temperatureNCel",
] as const;
const CURRENTS = ["currentAA", "currentBA", "currentCA"] as const;
const VOLTAGES = ["voltageAV", "voltageBV", "voltageCV"] as const;

/** What was told of these fields. */
const told = (reading: Reading, fields: readonly (keyof Reading)[]): number[] =>
  fields.map((field) => reading[field]).filter((value) => typeof value === "number");
const highest = (reading: Reading, fields: readonly (keyof Reading)[]): number | undefined => {
  const values = told(reading, fields);
  return values.length > 0 ? Math.max(...values) : undefined;
};

/** The same bounds beside each of these fields. */
const drawnBeside = (
  fields: readonly (keyof Reading & string)[],
  rule: Rule<Reading, Site, null>,
): Rule<Reading, Site, null> => ({
  ...rule,
  thresholds: (site) =>
    fields.flatMap((field) => rule.thresholds!(site).map((bound) => ({ ...bound, field }))),
});

/** An old circuit leaks by nature: its set-points are raised until they are far enough from that. */
const patience = (p: Params, { naturalMa = 0 }: Site): number =>
  Math.max(1, (p.naturalTimes * naturalMa) / p.leakageMa);

const residual = [fireAlarmDesign, residualDetector, residualDevices, operatorDefault] as const;

export const leakage = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "线路是否漏电？", en: "Does the circuit leak?" },
    field: "residualMa",
    bounds: (site) => ({ yellow: p.leakageMa * patience(p, site) }),
    clear: (site) => ({ yellow: p.leakageClearMa * patience(p, site) }),
    sources: residual,
    rationale: { ...findLeak, within: hours(8) },
    alert: { hold: seconds(30), release: minutes(10), case: hazardCase },
  });

export const leakageHigh = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "线路是否严重漏电？", en: "Does the circuit leak badly?" },
    field: "residualMa",
    bounds: (site) => ({ orange: p.leakageHighMa * patience(p, site) }),
    clear: (site) => ({ orange: p.leakageHighClearMa * patience(p, site) }),
    sources: residual,
    rationale: findLeak,
    alert: { hold: seconds(30), release: 0, case: { ...urgentCase, from: "orange" } },
  });

export const contactHot = (p: Params) =>
  drawnBeside(
    CONTACTS,
    above<Reading, Site>({
      asks: { zh: "接头是否过热？", en: "Is a contact too hot?" },
      field: "temperatureACel",
      of: (reading) => highest(reading, CONTACTS),
      bounds: () => ({ yellow: p.warmCel, orange: p.hotCel, red: p.burningCel }),
      clear: () => ({ yellow: p.hotClearCel }),
      sources: [heatDetector, operatorDefault],
      rationale: coolDown,
      alert: { hold: seconds(60), release: minutes(10), case: urgentCase },
    }),
  );

export const aboveBox = (p: Params) => {
  const excess = (reading: Reading) => {
    const hottest = highest(reading, CONTACTS);
    if (hottest === undefined || reading.boxCel === undefined) return undefined;
    return hottest - reading.boxCel;
  };
  return condition<Reading, Site>({
    asks: { zh: "接头是否远热于箱体？", en: "Is a contact much hotter than its box?" },
    raise: (reading) => {
      const kelvin = excess(reading);
      return kelvin === undefined ? undefined : kelvin >= p.aboveBoxK && "yellow";
    },
    clear: (reading) => {
      const kelvin = excess(reading);
      return kelvin === undefined ? undefined : kelvin < p.aboveBoxClearK;
    },
    value: excess,
    sources: [operatorDefault],
    rationale: { ...coolDown, within: hours(8) },
    alert: { hold: minutes(5), release: 0, case: laterCase },
  });
};

/** The worst of what several say; unknown only where none knows. */
function worstOf(signals: readonly (Signal | undefined)[]): Signal {
  const known = signals.filter((one) => one !== undefined && one.level !== "unknown");
  const rank = ({ level, lingers }: Signal): number =>
    level === "unknown" ? 0 : severity(level) + (lingers ? 0.5 : 0);
  const worst = known.reduce<Signal | undefined>(
    (a, b) => (b && (!a || rank(b) > rank(a)) ? b : a),
    undefined,
  );
  return worst ?? { level: "unknown" };
}

/** Each contact against its own past: one that heats up is not hidden by another that is hot. */
export const rapidHeat = (p: Params) => {
  const [first, ...others] = CONTACTS.map((field) =>
    rise<Reading, Site>({
      asks: { zh: "接头是否急剧升温？", en: "Does a contact heat up quickly?" },
      of: (reading) => reading[field],
      spans: () => [{ within: minutes(5), by: { orange: p.heatingK } }],
      clear: p.heatingClearK,
      gap: minutes(6),
      sources: [operatorDefault],
      rationale: coolDown,
      alert: { hold: 0, release: 0, case: { ...urgentCase, from: "orange" } },
    }),
  );
  const rules = [first!, ...others];
  type Windows = readonly ReturnType<(typeof rules)[number]["judge"]>["state"][];
  const rule: Rule<Reading, Site, Windows> = {
    ...first!,
    initial: CONTACTS.map(() => null),
    judge(before, event, at) {
      const verdicts = rules.map((one, i) => one.judge(before[i] ?? null, event, at));
      const state = verdicts.map((verdict) => verdict.state);
      if (event.kind !== "reading") return { state: before };
      return { state, signal: worstOf(verdicts.map(({ signal }) => signal)) };
    },
  };
  return rule;
};

export const arc = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "是否有故障电弧？", en: "Is there an arc fault?" },
    field: "arcHalfCycles",
    bounds: () => ({ orange: p.arcs }),
    clear: () => ({ orange: 1 }),
    sources: [arcDetector],
    rationale: {
      act: {
        zh: "通知用户停用大功率电器，2小时内查接线、插座和老化线路。",
        en: "Have heavy loads switched off; within 2 h look for bad wires and sockets.",
      },
      within: minutes(30),
      otherwise: { zh: "电弧引燃周围物品。", en: "The arc sets fire to what is near." },
    },
    alert: { hold: 0, release: minutes(30), case: { ...urgentCase, from: "orange" } },
  });

/** Every phase that is told is dead. */
export const isDead = (p: Params, reading: Reading): boolean | undefined => {
  const volts = told(reading, VOLTAGES);
  return volts.length === 0 ? undefined : volts.every((value) => value < p.deadV);
};

export const voltage = (p: Params) => {
  const within = (reading: Reading, insideV: number) =>
    told(reading, VOLTAGES).every(
      (value) => value <= p.overV - insideV && value >= p.underV + insideV,
    );
  return condition<Reading, Site>({
    asks: { zh: "电压是否越限？", en: "Is the voltage out of its bounds?" },
    // No power at all is another question.
    raise: (reading) =>
      isDead(p, reading) !== false ? undefined : !within(reading, 0) && "yellow",
    clear: (reading) => within(reading, p.voltageInsideV),
    value: (reading) => highest(reading, VOLTAGES),
    sources: [voltageQuality],
    rationale: {
      act: {
        zh: "告知供电公司查变压器档位、三相不平衡和零线。",
        en: "Tell the grid company: taps, balance of phases, the neutral.",
      },
      within: hours(8),
      otherwise: { zh: "电器损坏、过热。", en: "Appliances overheat or break." },
    },
    alert: { hold: minutes(5), release: 0 },
  });
};

export const overload = (p: Params) =>
  drawnBeside(
    CURRENTS,
    above<Reading, Site>({
      asks: { zh: "线路是否过载？", en: "Is the circuit overloaded?" },
      field: "currentAA",
      of: (reading) => highest(reading, CURRENTS),
      bounds: ({ ratedA }) => (ratedA === undefined ? {} : { yellow: p.overload * ratedA }),
      clear: ({ ratedA }) => (ratedA === undefined ? {} : { yellow: p.overloadClear * ratedA }),
      sources: [
        { kind: "register", title: "回路额定电流 / rated current of the circuit" },
        operatorDefault,
      ],
      rationale: {
        act: {
          zh: "请用户错峰或停用大功率电器；查群租、违规充电。",
          en: "Ask for less load now; look for crowded flats and wild charging.",
        },
        within: hours(2),
        otherwise: { zh: "线缆过热、绝缘老化起火。", en: "Cables overheat and age into a fire." },
      },
      alert: { hold: minutes(10), release: 0, case: laterCase },
    }),
  );
