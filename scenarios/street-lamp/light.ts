// The questions asked of the light: one lamp that is dark, a circuit against its schedule, the share
// of lamps that were lit.

import {
  condition,
  days,
  defineRule,
  hours,
  type Instant,
  minutes,
  nextHour,
  operatorDefault,
  type Signal,
} from "#scenario";
import { against, isLit, scheduled } from "./schedule.ts";
import type { Params, Reading, Site } from "./schema.ts";
import { circuitPlate, lampCase, lighting } from "./sources.ts";

/** Controllers report every quarter of an hour; one late reading does not end a hold. */
const gap = minutes(40);

export const lampOut = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "路灯该亮时是否不亮？", en: "Is a lamp dark when it must be lit?" },
    // By day nobody sees whether it was mended, and a dark circuit is not this lamp's fault.
    raise: (reading, site, at) =>
      scheduled(p, site, at) !== "on" || reading.circuitOn === false
        ? undefined
        : !isLit(reading) && "yellow",
    value: (reading) => reading.illuminanceLx,
    sources: [circuitPlate, operatorDefault],
    rationale: {
      act: {
        zh: "转路灯养护单位，按单盏灭灯修复。",
        en: "Pass it to the lighting maintainer, as a single lamp that is out.",
      },
      within: hours(12),
      otherwise: {
        zh: "路段昏暗，行人不安全。",
        en: "A stretch stays dark; people walk unsafely.",
      },
    },
    alert: { hold: minutes(15), release: minutes(15), gap, case: lampCase },
  });

type Voices = { readonly [sensorId: string]: Instant };
/** Lamps against the schedule, and since when the circuit itself is known to be. */
type Circuit = { voices: Voices; wholeAt: Instant | null };
/** A voice counts for three periods. */
const HEARD_FOR = minutes(45);
/** More voices than this are not kept; the oldest go first. */
const VOICES_MAX = 64;

export const circuit = (p: Params) =>
  defineRule<Reading, Circuit, Site>({
    asks: {
      zh: "是否成片灭灯或未按时启闭？",
      en: "Are lamps of a circuit dark together, or lit at the wrong time?",
    },
    subject: "site",
    sources: [circuitPlate, operatorDefault],
    rationale: {
      act: {
        zh: "远程合闸或分闸；不成则派供电、路灯抢修查回路和控制器时钟。",
        en: "Switch it remotely; else send the crew to the feeder and the controller's clock.",
      },
      within: minutes(30),
      otherwise: {
        zh: "整条路黑暗，或白天空耗电。",
        en: "A whole street is dark, or burns power all day.",
      },
    },
    alert: {
      hold: minutes(10),
      release: 0,
      gap: HEARD_FOR,
      case: {
        ...lampCase,
        from: "orange",
        filing: { zh: "路灯未按规定时间启闭", en: "Street lamps are not switched at their time" },
        closing: { zh: "已按规定时间启闭", en: "Switched at their time again" },
        limit: { amount: 2, unit: "work-hour" },
      },
    },
    initial: { voices: {}, wholeAt: null },
    judge(before, event, at) {
      if (event.kind === "heard") return { state: before };
      const state =
        event.kind === "reading"
          ? listened(
              fresh(before, at),
              event.sensorId,
              against(p, event.reading, event.site, at),
              at,
            )
          : fresh(before, at);
      const said = [
        ...Object.values(state.voices),
        ...(state.wholeAt === null ? [] : [state.wholeAt]),
      ];
      const wakeAt = said.length > 0 ? Math.min(...said) + HEARD_FOR : undefined;
      const isJudged = event.kind === "reading" && scheduled(p, event.site, at) !== undefined;
      return { state, signal: circuitSignal(p, state, event.site, isJudged), wakeAt };
    },
  });

function circuitSignal(p: Params, state: Circuit, site: Site, isJudged: boolean): Signal {
  const value = Object.keys(state.voices).length;
  const enough = Math.min(p.neighbours, site.lamps ?? p.neighbours);
  if (state.wholeAt !== null) return { level: "orange", value, note: "circuit" };
  if (value >= enough) return { level: "orange", value };
  // Voices that only fell silent have not said that all is well.
  if (!isJudged) return { level: "unknown" };
  return { level: "ok", value, lingers: value > 0 || undefined };
}

/** Without what was said too long ago. */
function fresh({ voices, wholeAt }: Circuit, at: Instant): Circuit {
  const kept = Object.entries(voices).filter(([, saidAt]) => at - saidAt < HEARD_FOR);
  return {
    voices: Object.fromEntries(kept),
    wholeAt: wholeAt !== null && at - wholeAt < HEARD_FOR ? wholeAt : null,
  };
}

/** With what one lamp says; in twilight it says nothing. */
function listened(
  { voices, wholeAt }: Circuit,
  sensorId: string,
  says: ReturnType<typeof against>,
  at: Instant,
): Circuit {
  if (says === undefined) return { voices, wholeAt };
  const others = Object.entries(voices)
    .filter(([id]) => id !== sensorId)
    .sort((a, b) => a[1] - b[1]);
  const kept = says.lamp ? [...others.slice(1 - VOICES_MAX), [sensorId, at] as const] : others;
  const whole = says.circuit === undefined ? wholeAt : says.circuit ? at : null;
  return { voices: Object.fromEntries(kept), wholeAt: whole };
}

/** Readings of lamps that had to be lit since noon, and how many of them were. */
type Night = { until: Instant; due: number; lit: number };
/** Fewer readings than this are no night. */
const DUE_MIN = 10;

export const litRate = (p: Params) =>
  defineRule<Reading, Night | null, Site>({
    asks: { zh: "昨夜亮灯率是否达标？", en: "Were enough lamps lit last night?" },
    subject: "site",
    sources: [lighting, circuitPlate, operatorDefault],
    rationale: {
      act: {
        zh: "列入养护考核，催办该回路未修复的灯。",
        en: "Enter it in the maintainer's record; urge the lamps of this circuit that are still out.",
      },
      within: days(1),
      otherwise: { zh: "亮灯率长期不达标。", en: "The street stays below its standard of light." },
    },
    alert: { hold: 0, release: 0 },
    initial: null,
    judge(before, event, at) {
      if (event.kind === "heard") return { state: before };
      const isOver = before !== null && at >= before.until;
      const night =
        before === null || isOver ? { until: nextHour(at, 12), due: 0, lit: 0 } : before;
      const isDue = event.kind === "reading" && scheduled(p, event.site, at) === "on";
      const state: Night = isDue
        ? { ...night, due: night.due + 1, lit: night.lit + (isLit(event.reading) ? 1 : 0) }
        : night;
      const wakeAt = state.due > 0 ? state.until : undefined;
      return isOver
        ? { state, wakeAt, signal: nightSignal(p, before, event.site) }
        : { state, wakeAt };
    },
  });

function nightSignal(p: Params, { due, lit }: Night, { roadClass }: Site): Signal {
  if (due < DUE_MIN) return { level: "unknown" };
  const value = Math.round((1_000 * lit) / due) / 10;
  const wanted = roadClass === "main" ? p.litMainPct : p.litSecondaryPct;
  return { level: (100 * lit) / due < wanted ? "blue" : "ok", value };
}
