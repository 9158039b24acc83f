import { defineRule, hours, type Instant, minutes, operatorDefault, type Signal } from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import { bounceCase, caseTable } from "./sources.ts";

/** Hits by slices of five minutes of the last hour. */
type Hits = readonly (readonly [slice: number, count: number])[];

const SLICE = minutes(5);
const SLICES = 12;

/**
 * Counts hits within an hour. No word is no hit: the device sleeps until it is struck, and its own
 * silence is another rule's matter. So the count also falls by itself.
 */
export const bouncing = (p: Params) =>
  defineRule<Reading, Hits, Site>({
    asks: { zh: "井盖是否弹跳？", en: "Does the cover bounce?" },
    sources: [operatorDefault, caseTable],
    rationale: {
      act: {
        zh: "通知权属单位加垫或更换井盖、修整井圈。",
        en: "Have its owner pad or replace it, and mend the frame.",
      },
      within: hours(24),
      otherwise: { zh: "噪声扰民，井盖破损或弹出。", en: "Noise; it breaks, or jumps out." },
    },
    alert: { hold: hours(3), release: hours(24), case: bounceCase },
    initial: [],
    judge(before, event, at) {
      if (event.kind === "heard") return { state: before };
      const hits = event.kind === "reading" ? hitsOf(event.reading, p) : 0;
      const state = counted(before, Math.floor(at / SLICE), hits);
      const value = state.reduce((sum, [, count]) => sum + count, 0);
      const wakeAt = state[0] === undefined ? undefined : leavesAt(state[0][0]);
      return { state, signal: told(value, p), wakeAt };
    },
  });

const leavesAt = (slice: number): Instant => (slice + SLICES) * SLICE;

const hitsOf = ({ hits, vibrationMPerS2 = 0 }: Reading, p: Params): number =>
  hits ?? (vibrationMPerS2 > p.hitMPerS2 ? 1 : 0);

function counted(before: Hits, slice: number, hits: number): Hits {
  const kept = before.filter(([n]) => n > slice - SLICES && n !== slice);
  const now = (before.find(([n]) => n === slice)?.[1] ?? 0) + hits;
  if (now > 0) return [...kept, [slice, now]];
  return kept.length === before.length ? before : kept;
}

function told(value: number, p: Params): Signal {
  if (value >= p.hits) return { level: "blue", value };
  return value >= p.hitsClear ? { level: "ok", value, lingers: true } : { level: "ok", value };
}
