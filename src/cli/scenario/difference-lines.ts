// What differs between two judgements, counted and in lines.

import type { Comparison, Difference, Outline } from "../../workshop/compare.ts";
import { streetTime, table, tell } from "../speech.ts";

/** How many alerts differ in which way, and how many do not. */
export function countsOf({ differences, unchanged }: Comparison) {
  const of = (kind: Difference["kind"]) => differences.filter((one) => one.kind === kind).length;
  return {
    new: of("new"),
    gone: of("gone"),
    earlier: of("earlier"),
    later: of("later"),
    changed: of("changed"),
    unchanged: unchanged.length,
  };
}

/** One line for each difference, and one that counts them. */
export const differenceLines = (comparison: Comparison): string[] => [
  table(["", "", "", "", "", ""], comparison.differences.map(row)).trimStart(),
  tell("workshop.differences", countsOf(comparison)),
];

function row({ kind, ours, live, byMs }: Difference): string[] {
  const { rule, siteId, sensorId, firedAt, level } = (ours ?? live) as Outline;
  const by =
    byMs === null ? "" : tell("workshop.by-minutes", { minutes: (byMs / 60_000).toFixed(1) });
  const isOther = ours && live && ours.level !== live.level;
  const grew = isOther ? `${live.level} → ${ours.level}` : level;
  return [tell(`workshop.${kind}`), streetTime(firedAt), rule, siteId, sensorId ?? "", grew, by];
}
