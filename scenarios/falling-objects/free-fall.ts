/** Metres per second squared, the standard acceleration of gravity. */
const G = 9.80665;

/** 1.4 is 0.3 off 2 only nearly, in binary; just the bound counts. */
const ROUNDING = 1e-9;

/** Seconds that something needs to fall so many metres, air set aside. */
export const fallSeconds = (heightM: number): number => Math.sqrt((2 * heightM) / G);

/** Whether a fall took as long as it must, within a share of that time. */
export function isFreeFall(heightM: number, seconds: number, tolerance: number): boolean {
  const expected = fallSeconds(heightM);
  return Math.abs(seconds - expected) <= tolerance * expected + ROUNDING;
}
