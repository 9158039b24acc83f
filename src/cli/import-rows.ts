// A file's text as rows, each with the place where a person finds it again.

import { CsvError, parse } from "csv-parse/sync";
import type { Text } from "../core/text.ts";
import { type Column, columnNamed, columnsOf, type SchemaOf } from "../register/columns.ts";
import type { Finding } from "../register/draft.ts";
import type { EntityKind } from "../register/entities.ts";
import { FORMULA } from "../register/export-csv.ts";
import { featureCells } from "../register/features.ts";
import { valueAt } from "../register/paths.ts";
import type { Given } from "../register/rows.ts";
import { tell } from "./import-text.ts";

/**
 * `line` counts from 1, the header being line 1; in a GeoJSON file it is the number of the feature.
 */
export type FileRow = { line: number; given: Given; findings: readonly Finding[] };
export type FileFault = { line: number; field: string; value: string; text: Text };
export type Rows = { rows: FileRow[]; faults: FileFault[] };

const fault = (line: number, text: Text, field = "", value = ""): FileFault => ({
  line,
  field,
  value,
  text,
});

/** A row for each feature, or what keeps the file from being GeoJSON. */
export function featureRows(text: string, kind: EntityKind, schemaOf: SchemaOf): Rows {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    const why = (error as Error).message;
    return { rows: [], faults: [fault(1, tell("register.json-broken", { why }))] };
  }
  const features = valueAt(parsed, ["features"]);
  if (!Array.isArray(features))
    return { rows: [], faults: [fault(1, tell("register.not-features"))] };
  const rows = features.map((feature, i) => ({
    line: i + 1,
    ...featureCells(kind, feature, schemaOf),
  }));
  return { rows, faults: [] };
}

/**
 * A row for each line under the header, with comma, semicolon or tab between the cells as the
 * header has it.
 */
export function csvRows(text: string, kind: EntityKind, schemaOf: SchemaOf): Rows {
  const { records, faults } = recordsOf(text);
  const [header, ...body] = records;
  if (!header)
    return {
      rows: [],
      faults: faults.length > 0 ? faults : [fault(1, tell("register.file-empty"))],
    };
  const columns = header.cells.map((name) => named(name, kind, schemaOf));
  const headerFaults = checkHeader(header.cells, columns, kind);
  if (headerFaults.length > 0) return { rows: [], faults: headerFaults };
  const rows: FileRow[] = [];
  for (const { cells, line } of body) {
    if (cells.length > columns.length) {
      const counts = { found: cells.length, wanted: columns.length };
      faults.push(fault(line, tell("register.cells-many", counts)));
    } else rows.push({ line, given: givenBy(columns, cells), findings: [] });
  }
  return { rows, faults };
}

type CsvRecord = { cells: string[]; line: number };

function recordsOf(text: string): { records: CsvRecord[]; faults: FileFault[] } {
  const records: CsvRecord[] = [];
  const bytes = Buffer.from(text);
  // Lines are counted here: the parser's own count takes a quoted CRLF for two lines.
  let [from, line] = [0, 1];
  try {
    parse(bytes, {
      delimiter: separatorOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells: string[], { bytes: to }) => {
        const written = bytes.toString("utf8", from, to);
        const blank = /^[\r\n]*/.exec(written)![0];
        if (cells.some((cell) => cell.trim() !== ""))
          records.push({ cells, line: line + breaksIn(blank) });
        line += breaksIn(written);
        from = to;
        return null;
      },
    });
    return { records, faults: [] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { records, faults: [fault(line, tell("register.csv-broken", { why: error.code }))] };
  }
}

const breaksIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;

/** What stands most often between the names of the header. */
function separatorOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/)).replaceAll(/"[^"]*"/g, "");
  const count = (separator: string): number => header.split(separator).length;
  return [",", ";", "\t"].reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** Undefined: there is no such column. Null: it is to be left out. */
const named = (name: string, kind: EntityKind, schemaOf: SchemaOf): Column | null | undefined =>
  name.trim().startsWith("#") ? null : columnNamed(kind, name.trim(), schemaOf);

function checkHeader(
  names: readonly string[],
  columns: readonly (Column | null | undefined)[],
  kind: EntityKind,
): FileFault[] {
  const known = columnsOf(kind).map((column) => column.name);
  if (kind === "site") known.push("facts.<scenario>.<field>");
  const faults = columns.flatMap((column, i) => {
    const name = names[i]!.trim();
    if (column === undefined)
      return [fault(1, tell("register.column-unknown", { known: known.join(", ") }), name, name)];
    if (column && isSecond(names, i)) return [fault(1, tell("register.column-twice"), name, name)];
    return [];
  });
  if (faults.length === 0 && !columns.some((column) => column?.name === "id"))
    faults.push(fault(1, tell("register.id-column-missing"), "id"));
  return faults;
}

const isSecond = (names: readonly string[], i: number): boolean =>
  names.findIndex((name) => name.trim() === names[i]!.trim()) < i;

function givenBy(columns: readonly (Column | null | undefined)[], cells: readonly string[]): Given {
  const given = new Map<Column, { text: string }>();
  columns.forEach((column, i) => {
    const text = cells[i] ?? "";
    if (column) given.set(column, { text: FORMULA.test(text) ? text.replace(/^'/, "") : text });
  });
  return given;
}
