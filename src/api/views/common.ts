// Schemas that every answer shares.

import Type, { type TSchema } from "typebox";
import { grades } from "../../core/level.ts";

/** An instant as it goes over the wire. */
export const At = Type.Integer({ description: "Milliseconds since the Unix epoch, UTC" });

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const Masked = Type.Optional(
  Type.Literal(true, {
    description: "Values about a person are left out: the asker's role may not see them",
  }),
);

/** Ids of the register's things, as a path or query takes them. */
export const Id = (description: string) =>
  Type.String({ pattern: "^[A-Za-z0-9_-]{1,64}$", description });

/** Language of the texts; Accept-Language is heard where it is left out. */
export const Lang = Type.Optional(
  Type.Union([Type.Literal("zh"), Type.Literal("en")], {
    description: "Language of the texts; without it Accept-Language decides, then zh",
  }),
);

/** A query with these fields and a language, and nothing else. */
export const Query = <T extends Record<string, TSchema>>(fields: T) =>
  Type.Object({ ...fields, lang: Lang }, { additionalProperties: false });

/** Paging: newest first; `cursor` is the `next` of the page before. */
export const Paging = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 500, default: 100, description: "Items on a page" }),
  ),
  cursor: Type.Optional(
    Type.String({ maxLength: 512, description: "The `next` of the page before" }),
  ),
};

export const PageOf = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    next: Nullable(Type.String({ description: "Ask for it as `cursor`; null on the last page" })),
  });

/** A time in a query: ISO 8601 with a zone, or epoch milliseconds. */
export const Time = (description: string) =>
  Type.Optional(
    Type.String({
      pattern: "^(-?\\d{1,15}|\\d{4}-\\d\\d-\\d\\d.{0,30})$",
      description: `${description}; ISO 8601 or epoch milliseconds`,
    }),
  );

export const PointSchema = Type.Object({ lon: Type.Number(), lat: Type.Number() });

/** One of these words. */
export const OneOf = <const T extends readonly string[]>(words: T, description = "") =>
  Type.Unsafe<T[number]>({
    type: "string",
    enum: [...words],
    ...(description === "" ? {} : { description }),
  });

export const Level = OneOf(grades);
