// What comes in a query, as the ports want it.

import type { Instant } from "../core/time.ts";
import { Refusal } from "./failure.ts";

/** The object without the fields that were not asked for, as ports with optional fields want it. */
export const present = <T extends object>(fields: T): Present<T> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<T>;

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** ISO 8601 with a zone, or epoch milliseconds. Refuses with the field's name what is neither. */
export function instantOf(field: string, text: string): Instant;
export function instantOf(field: string, text: string | undefined): Instant | undefined;
export function instantOf(field: string, text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  const at = /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isFinite(at) && /^-?\d+$|(Z|[+-]\d\d:?\d\d)$/i.test(text)) return at;
  throw new Refusal("time-unreadable", { field, value: text });
}
