// The register as it would be after a batch, without touching it.

import type { Text } from "../core/text.ts";
import type { Entities, EntityKind, RegisterChange } from "./entities.ts";
import type { Fault } from "./explain.ts";
import { stepsOf, valueAt } from "./paths.ts";
import { explained, type Problem, type ProblemCode, shown } from "./problems.ts";
import { codeDigits, isEntityKind, shapeFaults } from "./shapes.ts";

type Referrer = { kind: EntityKind; id: string };

/** What a check needs of the register that is there. */
export type Held = {
  get<K extends EntityKind>(kind: K, id: string): Entities[K] | undefined;
  all<K extends EntityKind>(kind: K): readonly Entities[K][];
  coded(code: string): Referrer | undefined;
  referrers(kind: EntityKind, id: string): readonly Referrer[];
};

/** A change of good shape, with its place in the batch. */
export type Put = {
  [K in EntityKind]: { index: number; kind: K; id: string; value: Entities[K] };
}[EntityKind];
export type PutOf<K extends EntityKind> = Extract<Put, { kind: K }>;
export type Removal = { index: number; kind: EntityKind; id: string; value: null };
export type Row = Put | Removal;

/** One thing wrong with a row. */
export type Finding = {
  code: ProblemCode;
  field: string;
  value?: unknown;
  wanted?: Text | string | undefined;
};

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Sorts a batch into rows of good shape and problems, and answers for the two states together. */
export class Draft {
  readonly rows: Row[] = [];
  readonly problems: Problem[] = [];
  readonly #held: Held;
  readonly #byKey = new Map<string, Row>();
  readonly #codes = new Map<string, Put>();
  /**
   * Rows of bad shape: they are reported for what they are, and whoever names them is not reported
   * as well.
   */
  readonly #refused = new Set<string>();

  constructor(held: Held, changes: readonly RegisterChange[]) {
    this.#held = held;
    changes.forEach((change, index) => {
      this.#sort(change, index);
    });
  }

  get<K extends EntityKind>(kind: K, id: string): Entities[K] | undefined {
    const row = this.#byKey.get(`${kind}/${id}`);
    return row ? ((row.value ?? undefined) as Entities[K] | undefined) : this.#held.get(kind, id);
  }

  /** Whether it will be there, or would be if its own row were right. */
  expected(kind: EntityKind, id: string): boolean {
    return this.#refused.has(`${kind}/${id}`) || this.get(kind, id) !== undefined;
  }

  /** Who else has the code. */
  otherWith(code: string, kind: EntityKind, id: string): string | undefined {
    const drafted = this.#codes.get(code);
    if (drafted && !(drafted.kind === kind && drafted.id === id)) return drafted.id;
    const held = this.#held.coded(code);
    if (!held || (held.kind === kind && held.id === id)) return undefined;
    return this.touches(held.kind, held.id) ? undefined : held.id;
  }

  /** Whether the batch itself says what becomes of an entity. */
  touches(kind: EntityKind, id: string): boolean {
    return this.#byKey.has(`${kind}/${id}`);
  }

  /** Those that are there, name this entity, and are not in the batch. */
  bystanders(kind: EntityKind, id: string): Referrer[] {
    return this.#held.referrers(kind, id).filter((one) => !this.touches(one.kind, one.id));
  }

  /** The first street that is there or comes, other than this one. */
  otherStreet(id: string): string | undefined {
    const held = this.#held.all("street").filter((street) => !this.touches("street", street.id));
    const drafted = this.rows.filter((row) => row.kind === "street" && row.value !== null);
    return [...held, ...drafted].find((street) => street.id !== id)?.id;
  }

  #sort(change: RegisterChange, index: number): void {
    const { kind, id, value } = claimOf(change);
    if (!isEntityKind(kind)) {
      const finding = { code: "change-unknown", field: "put", value: kind } as const;
      this.problems.push(problemAt({ index, kind: "unknown", id }, finding));
      return;
    }
    const row = { index, kind, id, value } as Row;
    const findings = value === null ? idFindings(id) : shapeFindings(kind, value);
    const twin = this.#byKey.get(`${kind}/${id}`);
    if (findings.length === 0 && twin)
      findings.push({ code: "id-twice", field: "id", value: id, wanted: `#${twin.index + 1}` });
    this.problems.push(...findings.map((finding) => problemAt(row, finding)));
    if (findings.length === 0) this.#add(row);
    else this.#refused.add(`${kind}/${id}`);
  }

  #add(row: Row): void {
    this.#byKey.set(`${row.kind}/${row.id}`, row);
    this.rows.push(row);
    if (row.value && "code" in row.value && !this.#codes.has(row.value.code))
      this.#codes.set(row.value.code, row as Put);
  }
}

/** A finding as people are told of it. */
export const problemAt = (
  row: { index: number; kind: EntityKind | "unknown"; id: string },
  { code, field, value, wanted }: Finding,
): Problem => ({
  index: row.index,
  entity: row.kind,
  id: row.id,
  field,
  value: shown(value),
  code,
  ...explained(code, wanted),
});

/**
 * What a change says it is. It may come from a file or the network, so its type is no more than a
 * claim.
 */
function claimOf(change: unknown): { kind: unknown; id: string; value: unknown } {
  const { put, value, remove, id } = (change ?? {}) as Record<string, unknown>;
  const named = put === undefined ? id : (value as { id?: unknown } | null | undefined)?.id;
  return {
    kind: put ?? remove,
    id: typeof named === "string" ? named : "",
    value: put === undefined ? null : (value ?? {}),
  };
}

const idFindings = (id: string): Finding[] =>
  ID.test(id) ? [] : [{ code: "id-malformed", field: "id", value: id }];

const shapeFindings = (kind: EntityKind, value: unknown): Finding[] =>
  shapeFaults(kind, value).map((fault) => {
    const code = codeOf(fault);
    const wanted = code === "code-malformed" ? digitsOf(kind) : fault.wanted;
    return { code, field: fault.field, value: valueAt(value, stepsOf(fault.field)), wanted };
  });

/** A fault of a facts schema or an entity's shape as a code of the closed list. */
export function codeOf({ kind, field, keyword }: Fault): ProblemCode {
  if (kind === "missing") return "field-missing";
  if (kind === "unknown") return "field-unknown";
  const last = field.split(".").at(-1)!;
  if (keyword === "pattern" && last === "code") return "code-malformed";
  if (keyword === "pattern" && /(^id$|Id$|Ref$|^\d+$)/.test(last)) return "id-malformed";
  if (keyword === "minItems" && last === "ring") return "ring-malformed";
  if (/(^|[.])(at|ring[.]\d+)[.](lon|lat)$/.test(field) && /imum$/.test(keyword))
    return "point-outside";
  return "value-wrong";
}

const digitsOf = (kind: EntityKind): string =>
  kind in codeDigits ? String(codeDigits[kind as keyof typeof codeDigits]) : "";
