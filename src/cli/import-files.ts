// Files into the register: reads them, holds every row against what is there, and gives changes
// only when all is well.

import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import type { Text } from "../core/text.ts";
import { columnNamed, type SchemaOf } from "../register/columns.ts";
import { type Finding, problemAt } from "../register/draft.ts";
import type { EntityKind, Point, RegisterChange } from "../register/entities.ts";
import { explained, type Problem } from "../register/problems.ts";
import { referencesOf } from "../register/references.ts";
import { Register } from "../register/register.ts";
import { readRow } from "../register/rows.ts";
import { entityKinds, shapeFaults } from "../register/shapes.ts";
import { csvRows, type FileRow, featureRows, type Rows } from "./import-rows.ts";
import { tell, textOf } from "./import-text.ts";

/** A file to import. Without a kind its name tells: "sensors.csv", "cells-2026.geojson". */
export type ImportFile = { path: string; kind?: EntityKind };

/**
 * One thing wrong, where a person finds it again. `line` counts from 1; in a GeoJSON file it is the
 * feature's number.
 */
export type ReportLine = {
  file: string;
  line: number;
  /** The column; empty when it is the whole file or row. */
  field: string;
  value: string;
  /** What is wrong and what to do about it. */
  text: Text;
};

export type Import = {
  /**
   * Ready for one `register.change`; empty when anything is wrong, unless bad rows were to be
   * skipped.
   */
  changes: readonly RegisterChange[];
  report: readonly ReportLine[];
  /** Rows read, and those among them that the register already holds just so. */
  rows: number;
  unchanged: number;
};

type Row = {
  file: string;
  line: number;
  kind: EntityKind;
  id: string;
  value: unknown;
  findings: Finding[];
};

/** The names that files go by. */
const plurals = Object.fromEntries(
  entityKinds.map((kind) => [kind, kind === "community" ? "communities" : `${kind}s`]),
) as Record<EntityKind, string>;

/** The kind that a file's name begins with, in singular or plural; undefined: none. */
export const kindOfFile = (path: string): EntityKind | undefined =>
  entityKinds.find((kind) => {
    const name = basename(path).toLowerCase();
    return [plurals[kind], kind].some((word) => new RegExp(`^${word}(?![a-z])`).test(name));
  });

/**
 * Reads CSV and GeoJSON files as one batch and checks it against the register as it is now, with
 * its secrets: a row says only what its columns say and keeps the rest of what is there. Nothing is
 * half imported: with any fault there are no changes, or with `skipBad` those of the good rows.
 * Never throws for what is in a file or for a file that is missing.
 */
export async function importFiles(
  files: readonly ImportFile[],
  register: Register,
  options: { skipBad?: boolean } = {},
): Promise<Import> {
  const read = [];
  for (const file of files) read.push(await readRows(file, register));
  const rows = read.flatMap((one) => one.rows);
  placeInCells(rows, register);
  const { good, report: ofRows } = judge(rows, register, options.skipBad ?? false);
  const order = (path: string): number => files.findIndex((file) => file.path === path);
  const report = [...read.flatMap((one) => one.report), ...ofRows].sort(
    (a, b) => order(a.file) - order(b.file) || a.line - b.line,
  );
  const fresh = good.filter((row) => !isHeld(row, register));
  return {
    changes: report.length === 0 || options.skipBad ? fresh.map(changeOf) : [],
    report,
    rows: rows.length,
    unchanged: good.length - fresh.length,
  };
}

async function readRows(
  file: ImportFile,
  register: Register,
): Promise<{ rows: Row[]; report: ReportLine[] }> {
  const kind = file.kind ?? kindOfFile(file.path);
  const whole = (text: Text) => ({
    rows: [],
    report: [{ file: file.path, line: 1, field: "", value: "", text }],
  });
  if (!kind)
    return whole(tell("register.kind-unknown", { known: Object.values(plurals).join(", ") }));
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file.path);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    return whole(tell("register.file-unreadable", { why }));
  }
  const text = textOf(bytes, file.path);
  if ("fault" in text) return whole(text.fault);
  const found = rowsOf(text.text, kind, file.path, (id) => register.scenario(id)?.site);
  if (!found) return whole(tell("register.format-unknown"));
  return {
    rows: found.rows.map((row) => rowAt(row, kind, file.path, register)),
    report: found.faults.map((fault) => ({ file: file.path, ...fault })),
  };
}

function rowsOf(text: string, kind: EntityKind, path: string, schemaOf: SchemaOf): Rows | null {
  switch (extname(path).toLowerCase()) {
    case ".csv":
    case ".tsv":
    case ".txt":
      return csvRows(text, kind, schemaOf);
    case ".geojson":
    case ".json":
      return featureRows(text, kind, schemaOf);
    default:
      return null;
  }
}

function rowAt(row: FileRow, kind: EntityKind, file: string, register: Register): Row {
  const idColumn = columnNamed(kind, "id", () => undefined)!;
  const given = row.given.get(idColumn) ?? { value: undefined };
  const id = "text" in given ? given.text.trim() : String(given.value ?? "");
  const { value, findings } = readRow(kind, row.given, register.get(kind, id));
  return { file, line: row.line, kind, id, value, findings: [...row.findings, ...findings] };
}

/**
 * A site with a point and no cell lies in the cell that its point lies in: one in the batch, or
 * else one on record.
 */
function placeInCells(rows: readonly Row[], register: Register): void {
  const cells = new Register([]);
  cells.apply(register.all("cell").map((value) => ({ put: "cell", value })));
  const drawn = rows.filter(({ kind, value }) => kind === "cell" && isCell(value));
  cells.apply(drawn.map(changeOf));
  for (const row of rows) {
    const site = row.value as { cellId?: string; at?: Point };
    const point = site.at;
    if (row.kind !== "site" || site.cellId !== undefined) continue;
    if (typeof point?.lon !== "number" || typeof point.lat !== "number") continue;
    const cell = cells.cellAt(point);
    if (cell) site.cellId = cell.id;
    else row.findings.push({ code: "cell-unknown", field: "cellId", value: point });
  }
}

const isCell = (value: unknown): boolean => shapeFaults("cell", value).length === 0;

/**
 * Reports what is wrong and gives the rows that are well, without those that cannot be without a
 * bad one.
 */
function judge(
  rows: readonly Row[],
  register: Register,
  skipBad: boolean,
): { good: Row[]; report: ReportLine[] } {
  const unread = rows.filter((row) => row.findings.length > 0);
  const report = unread.flatMap((row) =>
    row.findings.map((finding) => lineOf(row, problemAt({ ...row, index: 0 }, finding), rows)),
  );
  const refused = new Set(unread.map(({ kind, id }) => `${kind}/${id}`));
  let good = rows.filter((row) => row.findings.length === 0);
  for (;;) {
    const problems = register.check(good.map(changeOf));
    const told = problems.filter(
      (problem) => skipBad || !isOnlyBlamed(problem, good[problem.index]!, refused),
    );
    report.push(...told.map((problem) => lineOf(good[problem.index]!, problem, good)));
    if (problems.length === 0 || !skipBad) return { good, report };
    const bad = new Set(problems.map(({ index }) => index));
    good = good.filter((_, index) => !bad.has(index));
  }
}

/** Whether a row has nothing wrong but that it names one that could not be read. */
const isOnlyBlamed = (problem: Problem, row: Row, refused: ReadonlySet<string>): boolean =>
  problem.code === "reference-unknown" &&
  referencesOf(row.kind, row.value as never).some(
    ({ field, kind, id }) =>
      field === problem.field && id === problem.value && refused.has(`${kind}/${id}`),
  );

function lineOf(row: Row, problem: Problem, rows: readonly Row[]): ReportLine {
  const twin = rows.find(({ kind, id }) => kind === row.kind && id === row.id);
  const { says, remedy } =
    problem.code === "id-twice" && twin
      ? explained(problem.code, `${twin.file}:${twin.line}`)
      : problem;
  return {
    file: row.file,
    line: row.line,
    field: columnNameOf(problem.field),
    value: problem.value,
    text: { zh: `${says.zh}；${remedy.zh}`, en: `${says.en}. ${remedy.en}` },
  };
}

/** The column that a field of an entity is read from: its list, boundary or point as a whole. */
const columnNameOf = (field: string): string =>
  field.replace(/^at[.]/, "").replace(/[.]\d+([.].*)?$/, "");

const changeOf = ({ kind, value }: Row): RegisterChange => ({ put: kind, value }) as RegisterChange;

const isHeld = ({ kind, id, value }: Row, register: Register): boolean =>
  JSON.stringify(register.get(kind, id)) === JSON.stringify(value);
