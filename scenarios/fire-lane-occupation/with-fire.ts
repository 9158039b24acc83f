// Fire or smoke in a compound whose fire lane is taken: lives at the compound, knows its lanes by
// their readings (or, where a lane is a site of its own, by its alerts) and its fires by the alerts
// of other scenarios, whichever comes first.

import {
  type Duration,
  days,
  defineRule,
  type Heard,
  hours,
  type Instant,
  minutes,
  operatorDefault,
  type Signal,
  severity,
} from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import { fireLaw, isForFire, isTaken, laneCase } from "./sources.ts";

/**
 * What counts as a fire, from orange on. One line a rule. Silence and power cuts are no fires. What
 * is confirmed by hearing others (smoke-alarm/fire at a building) is not told on by the engine; the
 * smoke it heard is.
 */
const fires = {
  "combustible-gas": ["leak", "leakHigh"],
  "electrical-fire": [
    "leakage",
    "leakageHigh",
    "contactHot",
    "aboveBox",
    "rapidHeat",
    "arc",
    "overload",
  ],
  "smoke-alarm": ["smoke", "fire"],
} as const;

/** A lane that is a site of its own inside the compound is heard of by this, from its blue on. */
const ownLane = { scenario: "fire-lane-occupation", rule: "occupied" } as const;

/** By id, when that was last heard: sensors of lanes that are taken, alerts of lanes, fires. */
type Compound = { taken: Marks; told: Marks; burning: Marks };
type Marks = Readonly<Record<string, Instant>>;

/** A sensor that is silent for so long may have seen the car go. */
const LANE_FOR: Duration = hours(36);
/** An alert speaks when it begins and ends, so a car may stand for long without another word. */
const TOLD_FOR: Duration = days(30);
/** An alert whose end was never heard of is not held against the lane for longer. */
const FIRE_FOR: Duration = hours(24);
/** So many lanes and fires of one compound are kept, those heard of last. */
const KEPT_MAX = 24;

/** What nearly every compound keeps. */
const nothing: Compound = { taken: {}, told: {}, burning: {} };

const isQuiet = (compound: Compound): boolean =>
  Object.values(compound).every((marks) => Object.keys(marks).length === 0);

/** The marks with one more or one less, and without those that are too old. */
function marked(marks: Marks, id: string | null, isOn: boolean, at: Instant, lasts: Duration) {
  const others = Object.entries(marks).filter(([key, since]) => key !== id && at - since < lasts);
  const kept = others.sort((a, b) => a[1] - b[1]).slice(isOn ? 1 - KEPT_MAX : -KEPT_MAX);
  return Object.fromEntries(isOn && id !== null ? [...kept, [id, at]] : kept);
}

const aged = ({ taken, told, burning }: Compound, at: Instant): Compound => ({
  taken: marked(taken, null, false, at, LANE_FOR),
  told: marked(told, null, false, at, TOLD_FOR),
  burning: marked(burning, null, false, at, FIRE_FOR),
});

function heardOf(before: Compound, heard: Heard, at: Instant): Compound {
  const { alertId, change, level, scenario } = heard;
  const isOpen = change !== "resolved";
  if (scenario === ownLane.scenario) {
    // A sensor at the compound itself is known by its readings, which are sooner and more exact.
    const isRead = Object.keys(before.taken).some((id) => alertId.includes(`~${id}~`));
    return { ...before, told: marked(before.told, alertId, isOpen && !isRead, at, TOLD_FOR) };
  }
  const isFire = isOpen && severity(level) >= severity("orange");
  return { ...before, burning: marked(before.burning, alertId, isFire, at, FIRE_FOR) };
}

function readOf(before: Compound, reading: Reading, sensorId: string, at: Instant): Compound {
  const { fireAlarm } = reading;
  const isInWay = isForFire(reading) ? isTaken(reading) : false;
  return {
    ...before,
    taken:
      isInWay === undefined ? before.taken : marked(before.taken, sensorId, isInWay, at, LANE_FOR),
    burning:
      fireAlarm === undefined
        ? before.burning
        : marked(before.burning, `wired:${sensorId}`, fireAlarm, at, FIRE_FOR),
  };
}

function says({ taken, told, burning }: Compound): Signal {
  const value = Object.keys(taken).length + Object.keys(told).length;
  const fire = Object.keys(burning).at(-1);
  if (value === 0 || fire === undefined) return { level: "ok", value };
  return { level: "red", value, note: `fire:${fire}` };
}

/** When the first of what is known grows too old. */
function nextEnd({ taken, told, burning }: Compound): Instant | undefined {
  const ends = [
    ...Object.values(told).map((since) => since + TOLD_FOR),
    ...Object.values(taken).map((since) => since + LANE_FOR),
    ...Object.values(burning).map((since) => since + FIRE_FOR),
  ];
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** `value`: how many lanes are taken. */
export const withFire = (_: Params) =>
  defineRule<Reading, Compound, Site>({
    asks: {
      zh: "起火小区的消防通道是否被占？",
      en: "Is there fire or smoke in a compound whose fire lane is taken?",
    },
    subject: "site",
    hears: [
      ownLane,
      ...Object.entries(fires).flatMap(([scenario, rules]) =>
        rules.map((rule) => ({ scenario, rule })),
      ),
    ],
    at: "compound",
    sources: [operatorDefault, fireLaw],
    rationale: {
      act: {
        zh: "立即通知 119 通道被占、绕行入口；物业全员清障，派出所、交警强制拖移。",
        en: "Tell 119 which way in is free; all guards clear the lane, police tow at once.",
      },
      within: minutes(1),
      otherwise: {
        zh: "消防车受阻，被困人员得不到救援。",
        en: "The engines are held up, and nobody reaches those inside.",
      },
    },
    alert: {
      hold: 0,
      release: 0,
      case: {
        ...laneCase,
        from: "red",
        filing: {
          zh: "火警期间消防通道被占",
          en: "A fire lane is taken while there is fire or smoke",
        },
        limit: { amount: 10, unit: "urgent-minute" },
      },
    },
    initial: nothing,
    judge(before, event, at) {
      const known = aged(before, at);
      const after =
        event.kind === "heard"
          ? heardOf(known, event.heard, at)
          : event.kind === "reading"
            ? readOf(known, event.reading, event.sensorId, at)
            : known;
      const state = isQuiet(after) ? nothing : after;
      return { state, signal: says(state), wakeAt: nextEnd(state) };
    },
  });
