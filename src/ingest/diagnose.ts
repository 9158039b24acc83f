// Why a JSON value is no reading, said only once it is known that it is none: the way of a good reading does not come here.

import type { Reason } from "./quarantine.ts";
import { showText, showValue } from "./show.ts";

/** One reason, and a sentence naming the field, what was sent and the remedy; `value` is left out for readings on persons. */
export type Fault = { reason: Reason; field: string; value?: unknown; asks: string };

export const MAX_DEPTH = 8;
export const MAX_KEYS = 64;
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/** The sentence of a fault. `quiet` keeps the sent value out of it. */
export function tellFault(fault: Fault, quiet: boolean): string {
  const name = showText(fault.field, 80);
  if (quiet || !("value" in fault)) return `${name} ${fault.asks}`;
  return `${name} is ${showValue(fault.value)}: ${fault.asks}`;
}

/**
 * What makes a value unfit whatever it was meant to be: too deep, too wide, a forbidden key, a number that is none. `field`
 * is the way to it from `name`. Costs no more than one walk, however large the value.
 */
export function structuralFault(value: unknown, name: string, depth = 1): Fault | null {
  if (typeof value === "number" && !Number.isFinite(value)) {
    const asks = "send a finite number or leave it out";
    return { reason: "not-finite", field: name, value, asks };
  }
  if (typeof value !== "object" || value === null) return null;
  if (depth > MAX_DEPTH) {
    const asks = `is nested deeper than ${MAX_DEPTH} levels; send flat values`;
    return { reason: "too-deep", field: name, asks };
  }
  const fault = Array.isArray(value)
    ? itemFault(value, depth)
    : objectFault(value as Record<string, unknown>, depth);
  return fault === null ? null : { ...fault, field: `${name}${fault.field}` };
}

function itemFault(items: readonly unknown[], depth: number): Fault | null {
  for (let i = 0; i < items.length; i++) {
    const fault = structuralFault(items[i], "", depth + 1);
    if (fault !== null) return { ...fault, field: `[${i}]${fault.field}` };
  }
  return null;
}

function objectFault(value: Record<string, unknown>, depth: number): Fault | null {
  const keys = Object.keys(value);
  const forbidden = keys.find((key) => FORBIDDEN.has(key));
  if (forbidden !== undefined) {
    return { reason: "forbidden-key", field: `.${forbidden}`, asks: "is a name not allowed here" };
  }
  if (keys.length > MAX_KEYS) {
    const asks = `has ${keys.length} fields; send at most ${MAX_KEYS}`;
    return { reason: "shape", field: "", asks };
  }
  for (const key of keys) {
    const fault = structuralFault(value[key], "", depth + 1);
    if (fault !== null) return { ...fault, field: `.${key.slice(0, 40)}${fault.field}` };
  }
  return null;
}
