// What is wrong with a batch of changes, row by row, seen against the register as it would be after
// it.

import { checkCode, checkRing, checkSite, checkStreet } from "./check-places.ts";
import { checkConsent, checkCredential, checkPermit, checkSensor } from "./check-rights.ts";
import { Draft, type Finding, type Held, type Put, problemAt, type Removal } from "./draft.ts";
import type { RegisterChange } from "./entities.ts";
import type { FactBook } from "./facts.ts";
import { kindNames, type Problem } from "./problems.ts";
import { referencesOf } from "./references.ts";

/** All problems, in the order of the batch; none: the batch fits the register. */
export function problemsOf(
  held: Held,
  book: FactBook,
  changes: readonly RegisterChange[],
): Problem[] {
  const draft = new Draft(held, changes);
  const found = draft.rows.flatMap((row) => {
    const findings =
      row.value === null
        ? checkRemoval(draft, held, row)
        : [...checkReferences(draft, row), ...checkPut(draft, book, row)];
    return findings.map((finding) => problemAt(row, finding));
  });
  return [...draft.problems, ...found].sort((a, b) => a.index - b.index);
}

function checkReferences(draft: Draft, row: Put): Finding[] {
  return referencesOf(row.kind, row.value).flatMap(({ field, kind, id }) =>
    draft.expected(kind, id)
      ? []
      : [{ code: "reference-unknown", field, value: id, wanted: kindNames[kind] }],
  );
}

function checkPut(draft: Draft, book: FactBook, row: Put): Finding[] {
  switch (row.kind) {
    case "street":
      return checkStreet(draft, row);
    case "community":
      return checkCode(draft, row);
    case "cell":
      return [...checkRing(row.value.ring), ...checkCode(draft, row)];
    case "site":
      return checkSite(draft, book, row);
    case "gateway":
      return checkCredential(draft, row.id, "sensor");
    case "sensor":
      return [...checkCredential(draft, row.id, "gateway"), ...checkSensor(draft, book, row)];
    case "permit":
      return checkPermit(book, row);
    case "consent":
      return checkConsent(book, row);
    case "unit":
      return [];
  }
}

/** How many of those that stand in the way are named; the rest are counted. */
const NAMED_MAX = 3;

function checkRemoval(draft: Draft, held: Held, row: Removal): Finding[] {
  if (!held.get(row.kind, row.id)) return [{ code: "not-there", field: "id", value: row.id }];
  const users = draft.bystanders(row.kind, row.id);
  if (users.length === 0) return [];
  const list = (language: "zh" | "en") => {
    const named = users
      .slice(0, NAMED_MAX)
      .map(({ kind, id }) => `${kindNames[kind][language]} ${id}`);
    return [...named, ...(users.length > NAMED_MAX ? [`… (${users.length})`] : [])].join(", ");
  };
  const wanted = { zh: list("zh"), en: list("en") };
  return [{ code: "still-used", field: "id", value: row.id, wanted }];
}
