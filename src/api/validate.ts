// Checks what comes in against a route's schema, and says what is wrong: the field, the value, what it should be.

import type { FastifySchemaCompiler } from "fastify";
import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { Convert, Default } from "typebox/value";
import { explain, type Fault } from "../register/explain.ts";

/** One field that does not fit, with the value found, cut. */
export type Misfit = Fault & { value: string };

/** A request that does not fit its route's schema. */
export class Misfits extends Error {
  readonly misfits: readonly Misfit[];
  constructor(misfits: readonly Misfit[]) {
    super("the request does not fit its schema");
    this.misfits = misfits;
  }
}

const MOST_TOLD = 10;
const VALUE_CHARACTERS_MAX = 80;

/** Bodies are taken as they are; what comes as text (path, query, headers) is converted, and defaults are filled in. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = Compile(schema);
  return (value: unknown) => {
    const asText = httpPart !== "body";
    const given = asText ? Convert(schema, Default(schema, { ...(value as object) })) : value;
    if (check.Check(given)) return { value: given };
    const misfits = explain(check.Errors(given)).slice(0, MOST_TOLD);
    return { error: new Misfits(misfits.map((one) => ({ ...one, value: found(given, one) }))) };
  };
};

function found(value: unknown, { field }: Fault): string {
  if (field === "") return shown(value);
  return shown(field.split(".").reduce<unknown>(within, value));
}

const within = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > VALUE_CHARACTERS_MAX ? `${text.slice(0, VALUE_CHARACTERS_MAX - 1)}…` : text;
}
