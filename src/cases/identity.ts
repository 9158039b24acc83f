// What a case is called. Both names are made of what the case is, never of a counter, so that no
// two machines need agree.

import type { Instant } from "../core/time.ts";
import { dateOf, dayOf } from "./street-day.ts";

/** `case~site~class~instant in base 36`: opened twice is opened once. */
export const caseIdOf = (siteId: string, ofClass: string, openedAt: Instant): string =>
  `case~${siteId}~${ofClass}~${openedAt.toString(36)}`;

/**
 * The instant to open a case at: `at`, or just after `before`, an earlier case of the same site
 * and class. A driven clock may stand still while people void a case and open it again, and the
 * second must not take the first one's place.
 */
export function openingInstant(
  siteId: string,
  ofClass: string,
  at: Instant,
  before: string | null,
): Instant {
  const prefix = caseIdOf(siteId, ofClass, 0).slice(0, -1);
  if (!before?.startsWith(prefix)) return at;
  return Math.max(at, Number.parseInt(before.slice(prefix.length), 36) + 1);
}

/** No I, L, O or U: nobody misreads it over the radio. */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * What people call it: the street's date and five letters of the id's hash, "20261121-7K3QX". For
 * reading out, not a key.
 */
export function caseNumberOf(id: string, openedAt: Instant): string {
  let rest = fnv1a(id);
  let code = "";
  for (let i = 0; i < 5; i++) {
    code += letters[rest & 31];
    rest >>>= 5;
  }
  return `${dateOf(dayOf(openedAt)).replaceAll("-", "")}-${code}`;
}

/** The 32-bit FNV-1a hash of ASCII text. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++)
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
