// What can stand in a row and come back the same.

import type { Json } from "../core/rule.ts";

/** A state of more values than this, or of more characters than eight times as many, is a leak. */
const MOST = 4_096;
const DEEPEST = 16;

type Left = { values: number };

/**
 * Why a value can't be kept; null: it can. No NaN, undefined, hole, Map, class, cycle; bounded in depth and size.
 * What passes is frozen on the way: a rule that changed its memory in place would change it behind the row's back.
 */
export function faultIn(value: unknown): string | null {
  const left = { values: MOST };
  if (!keeps(value, DEEPEST, left)) return left.values < 0 ? "is too large" : "is not JSON";
  return null;
}

/** As `faultIn`, for what is known to be JSON already, as a row that was read. */
export function frozen<T extends Json>(value: T): T {
  faultIn(value);
  return value;
}

function keeps(value: unknown, depth: number, left: Left): value is Json {
  left.values--;
  if (typeof value === "string") left.values -= value.length >> 3;
  if (left.values < 0) return false;
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth === 0) return false;
  const whole = Array.isArray(value)
    ? listKeeps(value, depth - 1, left)
    : recordKeeps(value as Record<string, unknown>, depth - 1, left);
  if (whole) Object.freeze(value);
  return whole;
}

function listKeeps(list: readonly unknown[], depth: number, left: Left): boolean {
  // By index, since `every` passes over holes, and a row would bring them back as null.
  for (let i = 0; i < list.length; i++) if (!keeps(list[i], depth, left)) return false;
  return true;
}

function recordKeeps(record: Record<string, unknown>, depth: number, left: Left): boolean {
  const prototype = Object.getPrototypeOf(record);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const key in record) {
    left.values -= key.length >> 3;
    if (!keeps(record[key], depth, left)) return false;
  }
  return true;
}
