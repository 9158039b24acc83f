// Questions on a transfer station: what its neighbours smell, and how long its lorries wait.

import { above, defineRule, minutes, operatorDefault } from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import { boundary, caseTable, stationCase } from "./sources.ts";

/** Sum and number of what was read of a gas in one part of the hour. */
type Part = readonly [sum: number, count: number];
/** Five minutes of the last hour: their number, and both gases. */
type Slice = { n: number; nh3: Part; h2s: Part };

const SLICE = minutes(5);
const SLICES = 12;
/** A mean of an hour is said when the oldest of its words is so many slices old. */
const ENOUGH = 9;

/** Most that the boundary of a station may have, mg/m³ as a mean of one hour. */
const H2S_MAX = 0.06;
const NH3_MAX = 1.5;

const added = ([sum, count]: Part, value: number | undefined): Part =>
  value === undefined ? [sum, count] : [sum + value, count + 1];

function kept(before: readonly Slice[], n: number, { nh3MgPerM3, h2sMgPerM3 }: Reading): Slice[] {
  const old = before.filter((slice) => slice.n >= n - SLICES && slice.n < n);
  const now = before.find((slice) => slice.n === n) ?? { n, nh3: [0, 0], h2s: [0, 0] };
  return [...old, { n, nh3: added(now.nh3, nh3MgPerM3), h2s: added(now.h2s, h2sMgPerM3) }];
}

/** The mean of the slices' means, so that many words in one minute weigh no more than one. */
function mean(slices: readonly Slice[], gas: "nh3" | "h2s"): number | undefined {
  const known = slices.filter((slice) => slice[gas][1] > 0);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || last.n - first.n < ENOUGH) return undefined;
  return known.reduce((sum, { [gas]: [total, count] }) => sum + total / count, 0) / known.length;
}

export const stationOdour = (p: Params) =>
  defineRule<Reading, readonly Slice[], Site>({
    asks: {
      zh: "转运站厂界一小时平均异味是否超标？",
      en: "Does the station smell beyond its boundary, as a mean of one hour?",
    },
    sources: [boundary, operatorDefault, caseTable],
    rationale: {
      act: {
        zh: "通知转运站除臭、关闭卸料门，加快压缩外运。",
        en: "Have it deodorised and its gates shut; compress and move the waste.",
      },
      within: minutes(60),
      otherwise: { zh: "周边居民持续投诉。", en: "The neighbours go on complaining." },
    },
    // The mean of an hour is its own debouncer.
    alert: { hold: 0, release: 0, case: stationCase },
    initial: [],
    thresholds: () => [
      {
        field: "nh3MgPerM3",
        when: "at-or-above",
        bound: NH3_MAX,
        level: "yellow",
        clear: p.nh3ClearMgPerM3,
      },
      {
        field: "h2sMgPerM3",
        when: "at-or-above",
        bound: H2S_MAX,
        level: "yellow",
        clear: p.h2sClearMgPerM3,
      },
    ],
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const { nh3MgPerM3, h2sMgPerM3 } = event.reading;
      if (nh3MgPerM3 === undefined && h2sMgPerM3 === undefined) return { state: before };
      const state = kept(before, Math.floor(at / SLICE), event.reading);
      const [nh3, h2s] = [mean(state, "nh3"), mean(state, "h2s")];
      if (nh3 === undefined && h2s === undefined) return { state, signal: { level: "unknown" } };
      const value = nh3 ?? h2s;
      if ((nh3 ?? 0) > NH3_MAX || (h2s ?? 0) > H2S_MAX)
        return { state, signal: { level: "yellow", value } };
      const isClear = (nh3 ?? 0) < p.nh3ClearMgPerM3 && (h2s ?? 0) < p.h2sClearMgPerM3;
      return { state, signal: { level: "ok", value, lingers: isClear ? undefined : true } };
    },
  });

export const stationQueue = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "转运站是否排长队？", en: "Do lorries queue at the station?" },
    field: "queueLength",
    bounds: () => ({ blue: p.queue }),
    clear: () => ({ blue: p.queueClear + 1 }),
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "联系转运站核实设备，调度车辆错峰或分流。",
        en: "Ask the station what is wrong; send lorries later or elsewhere.",
      },
      within: minutes(30),
      otherwise: { zh: "车辆占道排队，收运延误。", en: "Lorries block the road, rounds run late." },
    },
    alert: { hold: minutes(20), release: 0 },
  });
