// The register as tables that any spreadsheet opens, and the import reads again.

import { type Column, columnsOf, factColumn } from "./columns.ts";
import type { EntityKind } from "./entities.ts";
import { valueAt } from "./paths.ts";
import type { Register } from "./register.ts";

/**
 * All entities of a kind as CSV (RFC 4180, with the byte order mark that spreadsheets need to see
 * UTF-8), as the import reads them again: text that a spreadsheet would run as a formula is led by
 * an apostrophe. Secrets are not in it.
 */
export function exportCsv(register: Register, kind: EntityKind): string {
  const columns = [...columnsOf(kind), ...(kind === "site" ? factColumns(register) : [])];
  const lines = register
    .all(kind)
    .map((entity) => columns.map((column) => cellOf(entity, column)).join(","));
  return `\uFEFF${[columns.map(({ name }) => name).join(","), ...lines].join("\r\n")}\r\n`;
}

/** A column for each fact that any site has. */
function factColumns(register: Register): Column[] {
  const found = new Set<string>();
  for (const { facts } of register.all("site"))
    for (const [scenario, fields] of Object.entries(facts))
      for (const field of Object.keys(fields ?? {})) found.add(`${scenario}.${field}`);
  return [...found].sort().map((name) => {
    const [scenario, field] = name.split(".") as [string, string];
    return factColumn(scenario, field, register.scenario(scenario)?.site);
  });
}

/**
 * What makes a spreadsheet take a cell for a formula (OWASP, CSV injection), behind any
 * apostrophes.
 */
export const FORMULA = /^'*[=+\-@\t\r\n]/;

function cellOf(entity: unknown, column: Column): string {
  const value = valueAt(entity, column.path);
  if (value === undefined) return "";
  const text = column.form.write(value);
  const safe = typeof value !== "number" && FORMULA.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
