// How a route tells what it does and what it may answer, for the OpenAPI document.

import Type, { type TSchema } from "typebox";
import { type ApiMessageKey, apiMessages } from "../messages/api.ts";
import { type ProblemCode, problems } from "./problems.ts";

export const tags = [
  "alerts",
  "cases",
  "register",
  "readings",
  "scenarios",
  "quarantine",
  "stats",
  "live",
  "tokens",
] as const;
export type Tag = (typeof tags)[number];

/** A text of the API in both languages, as a document has no asker. */
export const both = (key: ApiMessageKey): string =>
  `${apiMessages[key].en} · ${apiMessages[key].zh}`;

/** Group and summary of a route. */
export const about = (tag: Tag, tells: ApiMessageKey) => ({ tags: [tag], summary: both(tells) });

const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    remedy: Type.String({ description: "What to do now" }),
    code: Type.String(),
    params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
    faults: Type.Optional(
      Type.Array(Type.Record(Type.String(), Type.Unknown()), {
        description: "Each thing that is wrong, where there may be several",
      }),
    ),
  },
  { $id: "Problem", description: "RFC 9457" },
);

/** Schemas that the document tells once and refers to, by their $id. */
export const sharedSchemas: readonly TSchema[] = [ProblemSchema];

/** Problems that any route may answer with. */
const anywhere = [
  "invalid-request",
  "sign-in-required",
  "token-invalid",
  "forbidden",
  "too-many-requests",
  "internal",
] as const satisfies readonly ProblemCode[];

/** Answers of a route that gives JSON: its own, and its problems by status. */
export function answers<T extends TSchema>(schema: T, codes: readonly ProblemCode[], status = 200) {
  return { [status]: schema, ...told(codes) };
}

/** Answers of a route that streams. */
export const streams = (codes: readonly ProblemCode[]) => ({
  200: {
    description:
      "text/event-stream; frames: snapshot (parts up to `last`), change, readings, beat (each second), reset, end. A frame's id is the position to go on from.",
    content: { "text/event-stream": { schema: Type.String() } },
  },
  ...told(codes),
});

function told(codes: readonly ProblemCode[]): Record<number, TSchema> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of [...codes, ...anywhere]) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: ofStatus.join(", "),
        content: { "application/problem+json": { schema: { $ref: "Problem#" } } },
      } as unknown as TSchema,
    ]),
  );
}
