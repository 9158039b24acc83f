// Rules for streets, communities, cells and sites.

import { codeOf, type Draft, type Finding, type PutOf } from "./draft.ts";
import type { Entities } from "./entities.ts";
import type { FactBook } from "./facts.ts";
import { doubleArea, opened, type Ring } from "./geometry.ts";
import { stepsOf, valueAt } from "./paths.ts";

/** More levels of sites within sites than any town has. */
const NESTING_MAX = 16;

/** There is one street, and a new code must not leave its communities behind. */
export function checkStreet(draft: Draft, row: PutOf<"street">): Finding[] {
  const other = draft.otherStreet(row.id);
  const below = checkBelow(draft, row);
  if (other === undefined) return below;
  return [{ code: "street-second", field: "id", value: row.id, wanted: other }, ...below];
}

/** A code continues that of the level above, is nobody else's, and those below continue it. */
export function checkCode(draft: Draft, row: PutOf<"community"> | PutOf<"cell">): Finding[] {
  const { code } = row.value;
  const above =
    row.kind === "community"
      ? draft.get("street", row.value.streetId)
      : draft.get("community", row.value.communityId);
  const found: Finding[] = [];
  if (above && !code.startsWith(above.code))
    found.push({ code: "code-foreign", field: "code", value: code, wanted: above.code });
  const other = draft.otherWith(code, row.kind, row.id);
  if (other !== undefined)
    found.push({ code: "code-taken", field: "code", value: code, wanted: other });
  return [...found, ...checkBelow(draft, row)];
}

/**
 * The first of those below, not in the batch themselves, whose code would no longer continue this
 * one.
 */
function checkBelow(draft: Draft, row: PutOf<"street" | "community" | "cell">): Finding[] {
  const { code } = row.value;
  for (const { kind, id } of draft.bystanders(row.kind, row.id)) {
    const below = draft.get(kind, id);
    if (!below || !("code" in below) || below.code.startsWith(code)) continue;
    const wanted = below.code.slice(0, code.length);
    return [{ code: "code-foreign", field: "code", value: code, wanted }];
  }
  return [];
}

/** A boundary encloses something. */
export function checkRing(ring: Ring): Finding[] {
  const points = opened(ring);
  if (points.length >= 3 && doubleArea(points) !== 0) return [];
  return [{ code: "ring-malformed", field: "ring", value: ring }];
}

/**
 * A site lies within no circle of sites, its facts fit their scenarios, and its sensors can still
 * be judged.
 */
export function checkSite(draft: Draft, book: FactBook, row: PutOf<"site">): Finding[] {
  const facts = Object.keys(row.value.facts).flatMap((scenario) => checkFacts(book, row, scenario));
  const standing = new Set<string>();
  for (const { kind, id } of draft.bystanders("site", row.id)) {
    const scenario = kind === "sensor" ? draft.get("sensor", id)?.scenario : undefined;
    if (scenario !== undefined) standing.add(scenario);
  }
  const lacking = [...standing].flatMap((scenario) =>
    checkFactsGiven(draft, book, row.value, scenario, `facts.${scenario}`),
  );
  return [...checkNesting(draft, row), ...facts, ...lacking];
}

function checkFacts(book: FactBook, row: PutOf<"site">, scenario: string): Finding[] {
  const field = `facts.${scenario}`;
  if (!book.scenario(scenario))
    return [{ code: "scenario-unknown", field, value: scenario, wanted: book.names() }];
  const given = row.value.facts[scenario];
  return book.faults(scenario, given).map((fault) => ({
    code: codeOf(fault),
    field: fault.field === "" ? field : `${field}.${fault.field}`,
    value: valueAt(given, stepsOf(fault.field)),
    wanted: fault.wanted,
  }));
}

/**
 * A site that gives a scenario no facts must do with its defaults; `field` is where that is
 * reported.
 */
export function checkFactsGiven(
  draft: Draft,
  book: FactBook,
  site: Entities["site"],
  scenario: string,
  field: string,
): Finding[] {
  const atItsOwnRow = Object.hasOwn(site.facts, scenario) && draft.touches("site", site.id);
  const faults = atItsOwnRow ? [] : book.faults(scenario, site.facts[scenario]);
  if (faults.length === 0) return [];
  const lacking = faults.map((fault) => `facts.${scenario}.${fault.field}`).join(", ");
  return [{ code: "facts-missing", field, value: site.id, wanted: `${site.id}: ${lacking}` }];
}

function checkNesting(draft: Draft, row: PutOf<"site">): Finding[] {
  const found = { field: "parentId", value: row.value.parentId };
  const way = [row.id];
  let next = row.value.parentId;
  while (next !== undefined) {
    if (next === row.id)
      return [{ ...found, code: "nesting-cycle", wanted: [...way, row.id].join(" → ") }];
    if (way.includes(next)) return []; // a circle further up, reported there
    way.push(next);
    if (way.length > NESTING_MAX)
      return [{ ...found, code: "nesting-deep", wanted: String(NESTING_MAX) }];
    next = draft.get("site", next)?.parentId;
  }
  return [];
}
