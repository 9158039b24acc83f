// How a command becomes a route: the same for alerts and cases.

import { randomUUID } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import Type, { type Static, type TObject, type TSchema } from "typebox";
import type { Instant } from "../../core/time.ts";
import type { ApiMessageKey } from "../../messages/api.ts";
import { about, answers, type Tag } from "../answers.ts";
import { type Api, asker, type Context } from "../context.ts";
import { Refusal } from "../failure.ts";
import { may, type Permission } from "../permissions.ts";
import type { Act, Outcome } from "../ports.ts";
import type { ProblemCode } from "../problems.ts";
import { Query } from "../views/common.ts";

/** What was carried out. */
export type Done = Outcome & { ok: true };

export type CommandRoute<B extends TObject = TObject> = {
  tells: ApiMessageKey;
  permission: Permission;
  /** A further permission that some bodies need; null: this one does not. */
  also?: (body: Static<B>) => Permission | null;
  body: B;
  /** `now` is the log's clock. */
  act: (id: string, body: Static<B>, now: Instant) => Act;
  problems: readonly ProblemCode[];
};

/** Declares a command; only lets TypeScript see the body's type. */
export const command = <B extends TObject>(route: CommandRoute<B>): CommandRoute =>
  route as unknown as CommandRoute;

export const Version = Type.Optional(
  Type.Integer({ minimum: 1, description: "The version that was seen; a newer one is a conflict" }),
);
/** What people write: some words, one line or a few. */
export const Words = (description: string) =>
  Type.String({ minLength: 1, maxLength: 2_000, description });

export const KeyHeader = Type.Object({
  "idempotency-key": Type.Optional(
    Type.String({
      pattern: "^[A-Za-z0-9_.:-]{1,128}$",
      description:
        "The same key is one command, however often it is sent; without it one is made and returned",
    }),
  ),
});

/** Problems that any command may end in. */
const always = [
  "version-conflict",
  "idempotency-key-reused",
  "timeout",
] as const satisfies readonly ProblemCode[];

/** Hangs `POST /{tag}/:id/{name}` on the server. Its answer has `show`'s result under the name of what was changed. */
export function addCommand(
  app: Api,
  context: Context,
  place: {
    tag: Tag;
    name: string;
    params: TObject<{ id: TSchema }>;
    answer: TSchema;
    show: (done: Done, request: FastifyRequest, key: string) => Promise<object>;
  },
  route: CommandRoute,
): void {
  const { tag, name, params, answer, show } = place;
  app.post(`/${tag}/:id/${name}`, {
    config: { permission: route.permission },
    schema: {
      ...about(tag, route.tells),
      params,
      querystring: Query({}),
      headers: KeyHeader,
      body: route.body,
      response: answers(answer, [...route.problems, ...always]),
    },
    async preValidation(request) {
      request.body ??= {};
    },
    async handler(request, reply) {
      const who = asker(request);
      const { id } = request.params as { id: string };
      const body = request.body as Static<TObject>;
      const also = route.also?.(body) ?? null;
      if (also !== null && !may(who.role, also))
        throw new Refusal("forbidden", { role: who.role, permission: also });
      const { outcome, key } = await submit(request, reply, context, { tag, name, id, body }, () =>
        route.act(id, body, context.front.health().now),
      );
      if (!isAbout(outcome, id)) throw new Refusal("idempotency-key-reused", { key });
      return show(outcome, request, key);
    },
  });
}

/**
 * Whether an outcome is about the alert or case that was asked for. After a restart the front no longer knows what a key was
 * first used for, but the outcome that comes back tells what was done to whom.
 */
function isAbout({ result }: Done, id: string): boolean {
  const done = result as { id?: string; alertIds?: readonly string[] } | null;
  return done?.id === id || (done?.alertIds?.includes(id) ?? false);
}

/** Submits under the request's key and returns the outcome that was carried out; refuses with the judge's own problem. */
export async function submit(
  request: FastifyRequest,
  reply: FastifyReply,
  { commands }: Context,
  asked: unknown,
  act: () => Act,
): Promise<{ outcome: Done; key: string }> {
  const key = (request.headers["idempotency-key"] as string | undefined) ?? randomUUID();
  reply.header("idempotency-key", key);
  const outcome = await commands.submit(asker(request), key, asked, act);
  if (outcome === "reused") throw new Refusal("idempotency-key-reused", { key });
  if (!outcome.ok) throw new Refusal(outcome.problem as ProblemCode, outcome.params);
  return { outcome, key };
}
