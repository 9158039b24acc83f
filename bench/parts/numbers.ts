// The arithmetic of the benches.

/** The value below which `share` of them lie (nearest rank); NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(sorted.length * share));
  return sorted[rank - 1] ?? Number.NaN;
}

/** The middle one, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  return (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Median, 99th percentile and the greatest, in the unit of the values, to a hundredth. */
export function summary(values: readonly number[]): { p50: number; p99: number; max: number } {
  return {
    p50: round(quantile(values, 0.5), 2),
    p99: round(quantile(values, 0.99), 2),
    max: round(quantile(values, 1), 2),
  };
}

export const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/**
 * How far positions lie apart: of a sorted list of numbers each once, those that come again are
 * counted.
 */
export function repeated(values: readonly number[]): number {
  return values.length - new Set(values).size;
}

/** 61234 as "61,234". */
export const grouped = (value: number): string => Math.round(value).toLocaleString("en-US");
