// One row of a table or one feature of a map, read into an entity.

import { blank, type Column } from "./columns.ts";
import type { Finding } from "./draft.ts";
import type { Entities, EntityKind } from "./entities.ts";
import { putAt, type Tree } from "./paths.ts";

/**
 * What a row gives: by column, the text of its cell, or a value that needs no reading. Empty text:
 * nothing is given.
 */
export type Given = ReadonlyMap<Column, { text: string } | { value: unknown }>;

/**
 * The entity that a row makes, and what in the row could not be read. A column that the row does
 * not have keeps what `before` has there, secrets included; one that is there and empty takes it
 * away.
 */
export function readRow<K extends EntityKind>(
  kind: K,
  given: Given,
  before: Entities[K] | undefined,
): { value: unknown; findings: Finding[] } {
  const tree = before ? copied(before as unknown as Tree) : blank(kind);
  const findings: Finding[] = [];
  for (const [column, cell] of given) {
    const read = "value" in cell ? cell : readCell(column, cell.text);
    if ("wanted" in read)
      findings.push({
        code: "value-wrong",
        field: column.name,
        value: (cell as { text: string }).text,
        wanted: read.wanted,
      });
    else putAt(tree, column.path, read.value ?? blankAt(kind, column));
  }
  return { value: tree, findings };
}

const readCell = (column: Column, text: string) =>
  text.trim() === "" ? { value: undefined } : column.form.read(text);

const blankAt = (kind: EntityKind, column: Column): unknown =>
  column.path.length === 1 ? blank(kind)[column.path[0]!] : undefined;

const copied = (tree: Tree): Tree => JSON.parse(JSON.stringify(tree)) as Tree;
