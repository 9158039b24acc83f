import type { AlertPolicy } from "../alert.ts";
import { type Grade, grades, type Level, severity } from "../level.ts";
import type { Rationale, Rule, Source, Threshold } from "../rule.ts";
import type { Text } from "../text.ts";

export type Bounds = Partial<Record<Grade, number>>;

/** Watches one number climb: a level per bound, each left again only below its own clear value. */
export function above<R, F>(options: {
  asks: Text;
  field: keyof R & string;
  of?: (reading: R, site: F) => number | undefined;
  bounds: (site: F) => Bounds;
  clear: (site: F) => Bounds;
  sources: readonly Source[];
  rationale: Rationale;
  alert: AlertPolicy;
}): Rule<R, F, Level> {
  const {
    field,
    of = (reading) => reading[field] as number | undefined,
    bounds,
    clear,
    ...rest
  } = options;
  return {
    ...rest,
    initial: "ok",
    thresholds: (site) =>
      grades.flatMap((level): Threshold[] => {
        const [bound, left] = [bounds(site)[level], clear(site)[level]];
        return bound === undefined
          ? []
          : [
              {
                field,
                when: "at-or-above",
                bound,
                level,
                ...(left === undefined ? {} : { clear: left }),
              },
            ];
      }),
    judge(held, event) {
      if (event.kind !== "reading") return { state: held };
      const value = of(event.reading, event.site);
      if (value === undefined) return { state: held, signal: { level: "unknown" } };
      const [raise, leave] = [bounds(event.site), clear(event.site)];
      const isAt = (level: Grade) => {
        const bound =
          severity(level) <= severity(held) ? (leave[level] ?? raise[level]) : raise[level];
        return bound !== undefined && value >= bound;
      };
      const level = grades.findLast(isAt) ?? "ok";
      return { state: level, signal: { level, value } };
    },
  };
}
