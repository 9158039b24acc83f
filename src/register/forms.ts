// How one cell of a table is written and read: what a person types there, and the value it stands
// for.

import type { Text } from "../core/text.ts";
import type { Point } from "./entities.ts";
import { opened } from "./geometry.ts";
import { instantText, readInstant } from "./instants.ts";

/** Thrown by no one: a cell that cannot be read says what it must be. */
export type Reading = { value: unknown } | { wanted: Text };

/** One way to write values in a cell. An empty cell is never read: there, nothing is given. */
export type Form = { read(text: string): Reading; write(value: unknown): string };

const wrong = (zh: string, en: string): Reading => ({ wanted: { zh, en } });

/** Ids, codes and names of kinds: blanks around them are a slip of the hand. */
export const word: Form = {
  read: (text) => ({ value: text.trim() }),
  write: (value) => String(value),
};

/** Free text, to the letter. */
export const prose: Form = {
  read: (text) => ({ value: text }),
  write: (value) => String(value),
};

const NUMBER = /^[+-]?(\d+([.]\d*)?|[.]\d+)([eE][+-]?\d+)?$/;

export const number: Form = {
  read(text) {
    const trimmed = text.trim();
    const value = NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN;
    return Number.isFinite(value)
      ? { value }
      : wrong("数值，如 4.55", "a number like 4.55, with a point and without a unit");
  },
  write: (value) => String(value),
};

const flags: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  "1": true,
  是: true,
  false: false,
  no: false,
  "0": false,
  否: false,
};

export const flag: Form = {
  read(text) {
    const value = flags[text.trim().toLowerCase()];
    return value === undefined ? wrong("true 或 false", "true or false") : { value };
  },
  write: (value) => String(value),
};

/** Something that is either said or left out. */
export const mark: Form = {
  read(text) {
    const said = flag.read(text);
    return "value" in said && said.value === false ? { value: undefined } : said;
  },
  write: flag.write,
};

export const instant: Form = {
  read(text) {
    const value = readInstant(text.trim());
    return value === null
      ? wrong(
          "时间，如 2026-09-15 08:00（北京时间）或带时区的 ISO 8601",
          "a time like 2026-09-15 08:00 (street time), or ISO 8601 with its zone",
        )
      : { value };
  },
  write: (value) => instantText(value as number),
};

/** Several words in one cell, with a stroke between them: "patrol|lift-care". */
export const words: Form = {
  read: (text) => ({
    value: text
      .split("|")
      .map((item) => item.trim())
      .filter((item) => item !== ""),
  }),
  write: (value) => (value as readonly string[]).join("|"),
};

/**
 * A boundary as OGC well-known text, longitude first: POLYGON((124 30, 124.01 30, 124.01 30.01, 124
 * 30)).
 */
export const ring: Form = {
  read(text) {
    const points = /^\s*POLYGON\s*\(\s*\(([^()]*)\)\s*\)\s*$/i.exec(text)?.[1]?.split(",");
    const read = points?.map((pair) => pair.trim().split(/\s+/).map(Number));
    return read?.every((pair) => pair.length === 2 && pair.every(Number.isFinite))
      ? { value: opened(read.map(([lon, lat]) => ({ lon: lon!, lat: lat! }))) }
      : wrong(
          "一个无孔的面：POLYGON((经度 纬度, …))",
          "one polygon without holes: POLYGON((lon lat, …))",
        );
  },
  write(value) {
    const points = opened(value as readonly Point[]);
    const pairs = [...points, points[0]!].map(({ lon, lat }) => `${lon} ${lat}`);
    return `POLYGON((${pairs.join(", ")}))`;
  },
};

type Schema = {
  type?: unknown;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
};

/**
 * A fact, written as its scenario's schema reads it: plain where the schema is plain, else as JSON
 * where it must be.
 */
export function fact(schema: unknown): Form {
  const { type } = (schema ?? {}) as Schema;
  if (type === "number" || type === "integer") return number;
  if (type === "boolean") return flag;
  if (type === "string") return prose;
  const constants = constantsOf((schema ?? {}) as Schema);
  const read = (text: string): Reading => {
    const constant = constants.find((value) => String(value) === text.trim());
    return { value: constant === undefined ? jsonOr(text) : constant };
  };
  return {
    read,
    write(value) {
      const plain = read(String(value));
      return "value" in plain && plain.value === value ? String(value) : JSON.stringify(value);
    },
  };
}

const constantsOf = (schema: Schema): unknown[] => [
  ...(schema.const === undefined ? [] : [schema.const]),
  ...(schema.enum ?? []),
  ...(schema.anyOf ?? []).flatMap(constantsOf),
];

/** The JSON a text is, or the text itself where it is none. */
function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
