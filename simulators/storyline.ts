// What a storyline says: incidents over a street, by the minute. A tester writes one as a YAML or
// JSON file; storyline-file.ts reads it.

import { type Instant, minuteOfDay, minutes, type Static, type Text, Type } from "#scenario";

/** What a field must be, said to whoever wrote something else. */
const says = (zh: string, en: string): { says: Text } => ({ says: { zh, en } });

const words = Type.String({ minLength: 1, ...says("一段文字", "some words") });
const text = Type.Object(
  { zh: words, en: words },
  { additionalProperties: false, ...says("zh 与 en 两段文字", "words in zh and in en") },
);
const id = Type.String({
  pattern: "^[A-Za-z0-9_-]{1,64}$",
  ...says("1 到 64 个字母、数字、- 或 _", "1 to 64 letters, digits, - or _"),
});
const positive = says("大于 0 的分钟数", "minutes, more than 0");
const atLeastOne = says("至少 1 的整数", "a whole number from 1");
const ids = says("至少一个站点编号的列表", "a list of at least one site's id");

/**
 * Which sites: by id, or all that fit `kind` (of site), `community` and `within` (a site that they
 * lie in); `withinOne` takes those of one place of a kind (a kind of site, or `community`), chosen
 * by chance, and steps that give it the same `place` name happen at the same one; `count` takes so
 * many of them, chosen by chance, instead of all.
 */
const selection = Type.Object(
  {
    ids: Type.Optional(Type.Array(id, { minItems: 1, ...ids })),
    kind: Type.Optional(words),
    community: Type.Optional(id),
    within: Type.Optional(id),
    withinOne: Type.Optional(words),
    place: Type.Optional(words),
    count: Type.Optional(Type.Integer({ minimum: 1, ...atLeastOne })),
  },
  {
    additionalProperties: false,
    ...says(
      "由 ids、kind、community、within、withinOne、place、count 组成",
      "made of ids, kind, community, within, withinOne, place and count",
    ),
  },
);

/**
 * An alert that may follow from the incident at its sites or at those they lie in. Without a rule:
 * any of the scenario.
 */
const knockOn = Type.Object(
  { scenario: id, rule: Type.Optional(words) },
  {
    additionalProperties: false,
    ...says("scenario，及可选的 rule", "scenario and, if need be, rule"),
  },
);

/**
 * An alert of another scenario that must follow from the incident, within so many minutes, at its
 * sites or at those around them that the rule is put to (a lane that is blocked, and then a fire in
 * its compound).
 */
const consequence = Type.Object(
  {
    scenario: id,
    rule: words,
    within: Type.Number({ exclusiveMinimum: 0, ...positive }),
  },
  {
    additionalProperties: false,
    ...says("由 scenario、rule、within 组成", "made of scenario, rule and within"),
  },
);

const step = Type.Object(
  {
    /** Minutes after the storyline's start, by the simulated clock. */
    at: Type.Number({ minimum: 0, ...says("从 0 起的分钟数", "minutes, from 0") }),
    scenario: id,
    incident: words,
    sites: selection,
    /** Minutes. */
    lasts: Type.Number({ exclusiveMinimum: 0, ...positive }),
    alsoRaises: Type.Optional(
      Type.Array(knockOn, says("scenario 与 rule 的列表", "a list of scenario and rule")),
    ),
    mustAlsoRaise: Type.Optional(
      Type.Array(
        consequence,
        says("scenario、rule、within 的列表", "a list of scenario, rule and within"),
      ),
    ),
  },
  {
    additionalProperties: false,
    ...says(
      "由 at、scenario、incident、sites、lasts 及可选的 alsoRaises、mustAlsoRaise 组成",
      "made of at, scenario, incident, sites, lasts and, if need be, alsoRaises, mustAlsoRaise",
    ),
  },
);

/** The whole file; `begins` is the hour of the street's day at which minute 0 is. */
export const storylineSchema = Type.Object(
  {
    id,
    name: text,
    tells: text,
    begins: Type.Optional(
      Type.String({
        pattern: "^([01]\\d|2[0-3]):[0-5]\\d$",
        ...says('带引号的当地时间，如 "22:00"', 'a local time in quotes, as "22:00"'),
      }),
    ),
    /** As on the command line. */
    faults: Type.Optional(
      Type.Array(words, says("故障列表，如 drop:2%", "a list of faults, as drop:2%")),
    ),
    steps: Type.Array(step, {
      minItems: 1,
      ...says("至少一个步骤的列表", "a list of at least one step"),
    }),
  },
  {
    additionalProperties: false,
    ...says(
      "由 id、name、tells、steps 及可选的 begins、faults 组成",
      "made of id, name, tells, steps and, if need be, begins and faults",
    ),
  },
);

export type Selection = Static<typeof selection>;
export type KnockOn = Static<typeof knockOn>;
export type Consequence = Static<typeof consequence>;
export type Step = Static<typeof step>;
export type Storyline = Static<typeof storylineSchema>;

/** The last instant before `now` at which it was the storyline's hour; undefined: any will do. */
export function beginOf({ begins }: Storyline, now: Instant): Instant | undefined {
  if (begins === undefined) return undefined;
  const [hour, minute] = begins.split(":").map(Number) as [number, number];
  const whole = Math.floor(now / minutes(1)) * minutes(1);
  const ago = minuteOfDay(whole) - (hour * 60 + minute);
  return whole - minutes(ago < 0 ? ago + 1_440 : ago);
}
