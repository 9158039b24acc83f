import { defineRule, type Instant, minutes, operatorDefault } from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import { fireCase } from "./sources.ts";

/** Temperatures of the last ten minutes. */
type Warmth = readonly (readonly [at: Instant, cel: number])[];

const WINDOW = minutes(10);
/** A device in alarm may speak every second; so many of its words are enough. */
const WORDS_MAX = 24;
/** 33.3 less 23.3 is 9.999… in binary; just the bound counts. */
const ROUNDING = 1e-9;

/**
 * Hot, or heating fast, or told to burn. A rise counts when it is seen from two earlier readings:
 * one that was too low is no fire.
 */
export const fire = (p: Params) =>
  defineRule<Reading, Warmth, Site>({
    asks: { zh: "垃圾箱桶是否起火？", en: "Is a bin on fire?" },
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "通知最近的微型消防站带灭火器到场，火势大时报 119，疏散周边。",
        en: "Send the nearest micro fire station with extinguishers; 119 if it grows.",
      },
      within: minutes(3),
      otherwise: {
        zh: "引燃周边车辆、绿化和建筑。",
        en: "It spreads to vehicles, trees and houses.",
      },
    },
    alert: { hold: minutes(1), release: minutes(10), case: fireCase },
    initial: [],
    thresholds: () => [
      {
        field: "temperatureCel",
        when: "at-or-above",
        bound: p.fireCel,
        level: "red",
        clear: p.fireClearCel,
      },
    ],
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const { temperatureCel: value, status } = event.reading;
      const isBurning = status === "burning";
      if (value === undefined)
        return { state: before, signal: { level: isBurning ? "red" : "unknown" } };
      const earlier = before.filter(([saidAt]) => saidAt >= at - WINDOW);
      const state = [...earlier.slice(1 - WORDS_MAX), [at, value] as const];
      const cooler = earlier.filter(([, cel]) => value - cel + ROUNDING >= p.fireRiseCel);
      if (isBurning || value >= p.fireCel || cooler.length >= 2)
        return { state, signal: { level: "red", value } };
      const lingers = value >= p.fireClearCel || undefined;
      return { state, signal: { level: "ok", value, lingers } };
    },
  });
