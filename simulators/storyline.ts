// What a storyline says: incidents over a street, by the minute. A tester writes one as a .ts file
// or as JSON.

import { readFileSync } from "node:fs";
import { Compile } from "typebox/compile";
import { type Static, Type } from "#scenario";
import { Complaint } from "./complaint.ts";

const text = Type.Object(
  { zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
);
const id = Type.String({ pattern: "^[A-Za-z0-9_-]{1,64}$" });

/**
 * Which sites: by id, or all that fit `kind` (of site), `community` and `within` (a site that they
 * lie in); `withinOne` takes those of one place of a kind, chosen by chance, and steps that give it
 * the same `place` name happen at the same one; `count` takes so many of them, chosen by chance,
 * instead of all.
 */
const selection = Type.Object(
  {
    ids: Type.Optional(Type.Array(id, { minItems: 1 })),
    kind: Type.Optional(Type.String()),
    community: Type.Optional(id),
    within: Type.Optional(id),
    withinOne: Type.Optional(Type.String()),
    place: Type.Optional(Type.String()),
    count: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);

/**
 * An alert that may follow from the incident at its sites or at those they lie in. Without a rule:
 * any of the scenario.
 */
const knockOn = Type.Object(
  { scenario: id, rule: Type.Optional(Type.String()) },
  { additionalProperties: false },
);

const step = Type.Object(
  {
    /** Minutes after the storyline's start, by the simulated clock. */
    at: Type.Number({ minimum: 0 }),
    scenario: id,
    incident: Type.String(),
    sites: selection,
    /** Minutes. */
    lasts: Type.Number({ exclusiveMinimum: 0 }),
    alsoRaises: Type.Optional(Type.Array(knockOn)),
  },
  { additionalProperties: false },
);

const schema = Type.Object(
  { id, name: text, tells: text, steps: Type.Array(step, { minItems: 1 }) },
  { additionalProperties: false },
);

export type Selection = Static<typeof selection>;
export type KnockOn = Static<typeof knockOn>;
export type Step = Static<typeof step>;
export type Storyline = Static<typeof schema>;

const compiled = Compile(schema);

/** Declares a storyline; does nothing but let the editor check it. */
export const defineStoryline = (storyline: Storyline): Storyline => storyline;

/** Reads one from a JSON file. Throws a Complaint that names the file and the field. */
export function readStoryline(file: string): Storyline {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Complaint("simulators.storyline-unreadable", { file, why: String(error) });
  }
  if (compiled.Check(read)) return read;
  const [first] = compiled.Errors(read);
  throw new Complaint("simulators.storyline-shape", {
    file,
    field: first?.instancePath || "/",
    why: first?.message ?? "",
  });
}
