// Reports that strangers can bring about, told once a minute for whoever brings them about: a log is not theirs to fill.

import type { Instant } from "../core/time.ts";
import type { MessageKey } from "../messages/say.ts";

/** A line for whoever runs the brain. */
export type Report = {
  level: "info" | "warn" | "error";
  key: MessageKey;
  params: Record<string, string | number>;
};

const SILENCE_MS = 60_000;
const REMEMBERED = 10_000;

/** Passes a report on unless one of the same key and `about` was passed on within the last minute. */
export function seldom(
  report: (report: Report) => void,
  now: () => Instant,
): (line: Report, about: string) => void {
  const told = new Map<string, Instant>();
  return (line, about) => {
    const name = `${line.key} ${about}`;
    const at = now();
    const before = told.get(name);
    if (before !== undefined && at - before < SILENCE_MS) return;
    if (told.size >= REMEMBERED) told.clear();
    told.set(name, at);
    report(line);
  };
}
