// Rules for those who may speak and those who must be silent: sensors, gateways, permits and
// consents.

import { checkFactsGiven, checkRing } from "./check-places.ts";
import type { Draft, Finding, PutOf } from "./draft.ts";
import type { FactBook } from "./facts.ts";
import { instantText } from "./instants.ts";
import { kindNames } from "./problems.ts";

/** A sensor and a gateway may not have one id, which is the name they log in with. */
export function checkCredential(draft: Draft, id: string, other: "sensor" | "gateway"): Finding[] {
  if (!draft.get(other, id)) return [];
  return [{ code: "id-taken", field: "id", value: id, wanted: kindNames[other] }];
}

/** Its scenario is known, and its site says what that scenario needs. */
export function checkSensor(draft: Draft, book: FactBook, row: PutOf<"sensor">): Finding[] {
  const { scenario, siteId } = row.value;
  if (!book.scenario(scenario)) {
    const wanted = book.names();
    return [{ code: "scenario-unknown", field: "scenario", value: scenario, wanted }];
  }
  const site = draft.get("site", siteId);
  return site ? checkFactsGiven(draft, book, site, scenario, "siteId") : [];
}

/** It has a time and a place, and mutes rules that exist and may be muted. */
export function checkPermit(book: FactBook, row: PutOf<"permit">): Finding[] {
  const { from, to, siteId, ring, mutes } = row.value;
  const found: Finding[] = [];
  if (from >= to)
    found.push({
      code: "window-empty",
      field: "to",
      value: instantText(to),
      wanted: instantText(from),
    });
  if (siteId === undefined && ring === undefined)
    found.push({ code: "place-missing", field: "siteId" });
  if (ring) found.push(...checkRing(ring));
  return [...found, ...mutes.flatMap((name, i) => checkMuted(book, name, `mutes.${i}`))];
}

function checkMuted(book: FactBook, name: string, field: string): Finding[] {
  const [id, rule, ...rest] = name.split("/");
  const scenario = book.scenario(id!);
  if (!scenario || rest.length > 0)
    return [{ code: "rule-unknown", field, value: name, wanted: book.names() }];
  if (rule === undefined) return [];
  if (scenario.lifeSafety?.includes(rule)) return [{ code: "life-safety", field, value: name }];
  const rules = book.rulesOf(id!);
  if (rules.includes(rule)) return [];
  const wanted = rules.map((known) => `${id}/${known}`).join(", ");
  return [{ code: "rule-unknown", field, value: name, wanted }];
}

/** It is for a purpose that some scenario asks for, and is withdrawn after it was given. */
export function checkConsent(book: FactBook, row: PutOf<"consent">): Finding[] {
  const { purpose, givenAt, withdrawnAt } = row.value;
  const purposes = book.scenarios().flatMap(({ consent }) => (consent ? [consent.purpose] : []));
  const found: Finding[] = [];
  if (!purposes.includes(purpose)) {
    const wanted = [...new Set(purposes)].join(", ");
    found.push({ code: "purpose-unknown", field: "purpose", value: purpose, wanted });
  }
  if (withdrawnAt !== undefined && withdrawnAt < givenAt) {
    const [value, wanted] = [instantText(withdrawnAt), instantText(givenAt)];
    found.push({ code: "time-order", field: "withdrawnAt", value, wanted });
  }
  return found;
}
