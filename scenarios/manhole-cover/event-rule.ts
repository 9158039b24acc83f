import type { Json, Rule } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/**
 * Keeps a rule from readings that say nothing of its fields. An event device tells only what
 * changed: a hit is no word on the tilt, and a hold goes on over it.
 */
export const onEvents = <S extends Json>(
  fields: readonly (keyof Reading)[],
  rule: Rule<Reading, Site, S>,
): Rule<Reading, Site, S> => ({
  ...rule,
  judge: (state, event, at) =>
    event.kind === "reading" && fields.every((field) => event.reading[field] === undefined)
      ? { state }
      : rule.judge(state, event, at),
});
