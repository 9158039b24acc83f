// Tokens of people and programs, and the browser's session.

import { randomUUID } from "node:crypto";
import Type, { type Static } from "typebox";
import { days } from "../../core/time.ts";
import type { Token } from "../../store/records.ts";
import { about, answers } from "../answers.ts";
import { type Api, asker, type Context } from "../context.ts";
import { Refusal } from "../failure.ts";
import { cookieName, giveSession } from "../guard.ts";
import { may, permissions, roles } from "../permissions.ts";
import { hashOf, newToken } from "../secret.ts";
import { At, Nullable, OneOf, Query } from "../views/common.ts";

const TokenSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  role: Type.String(),
  createdAt: At,
  expiresAt: Nullable(At),
  revokedAt: Nullable(At),
});
const MadeSchema = Type.Object({
  ...TokenSchema.properties,
  token: Type.String({ description: "Shown this once; only its hash is kept" }),
});
const WhoSchema = Type.Object({
  name: Type.String(),
  role: OneOf(roles),
  permissions: Type.Array(Type.String()),
});

const view = ({ hash: _hash, ...token }: Token): Static<typeof TokenSchema> => token;

export function tokenRoutes(app: Api, context: Context): void {
  const { front } = context;
  app.get("/tokens", {
    config: { permission: "tokens.manage" },
    schema: {
      ...about("tokens", "api.tokens.list"),
      querystring: Query({}),
      response: answers(Type.Object({ items: Type.Array(TokenSchema) }), []),
    },
    handler: async () => ({ items: (await front.tokens.tokens()).map(view) }),
  });
  makeRoute(app, context);
  revokeRoute(app, context);
}

function makeRoute(app: Api, { front, identity, now }: Context): void {
  app.post("/tokens", {
    config: { permission: "tokens.manage" },
    schema: {
      ...about("tokens", "api.tokens.create"),
      querystring: Query({}),
      body: Type.Object(
        {
          name: Type.String({
            pattern: "^[\\p{L}\\p{N}][\\p{L}\\p{N} ._@-]{0,62}$",
            description: "Who holds it; stands beside all they do",
          }),
          role: OneOf(roles),
          expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650 })),
        },
        { additionalProperties: false },
      ),
      response: answers(MadeSchema, ["token-name-taken"], 201),
    },
    async handler(request, reply) {
      const { name, role, expiresInDays } = request.body;
      const at = now();
      const others = (await front.tokens.tokens()).filter(({ revokedAt }) => revokedAt === null);
      if (name === "brain" || others.some((other) => other.name === name))
        throw new Refusal("token-name-taken", { name });
      const secret = newToken();
      const token: Token = {
        id: randomUUID(),
        name,
        role,
        hash: hashOf(secret),
        createdAt: at,
        expiresAt: expiresInDays === undefined ? null : at + days(expiresInDays),
        revokedAt: null,
      };
      await front.tokens.putToken(token);
      identity.refresh();
      reply.code(201);
      return { ...view(token), token: secret };
    },
  });
}

function revokeRoute(app: Api, { front, identity, hub, now }: Context): void {
  app.delete("/tokens/:id", {
    config: { permission: "tokens.manage" },
    schema: {
      ...about("tokens", "api.tokens.revoke"),
      params: Type.Object({ id: Type.String({ pattern: "^[A-Za-z0-9_-]{1,64}$" }) }),
      querystring: Query({}),
      response: answers(Type.Object({ id: Type.String(), revokedAt: At }), ["token-not-found"]),
    },
    async handler({ params: { id } }) {
      const at = now();
      if (!(await front.tokens.revokeToken(id, at))) throw new Refusal("token-not-found", { id });
      identity.refresh();
      await hub.check(); // its streams end with it
      return { id, revokedAt: at };
    },
  });
}

/** Who a browser is: it trades a token for a session, since a stream and a page can send no header. */
export function sessionRoutes(
  app: Api,
  { identity, hub }: Context,
  { secure }: { secure: boolean },
): void {
  app.get("/session", {
    config: { permission: "live.read" },
    schema: {
      ...about("tokens", "api.session.get"),
      querystring: Query({}),
      response: answers(WhoSchema, []),
    },
    async handler(request) {
      const { name, role } = asker(request);
      return { name, role, permissions: permissions.filter((one) => may(role, one)) };
    },
  });

  app.post("/session", {
    config: { permission: "public" },
    schema: {
      ...about("tokens", "api.session.open"),
      querystring: Query({}),
      body: Type.Object(
        { token: Type.String({ minLength: 1, maxLength: 200 }) },
        { additionalProperties: false },
      ),
      response: answers(WhoSchema, ["token-invalid", "origin-foreign"]),
    },
    async handler(request, reply) {
      const who = await identity.ofToken(request.body.token);
      const session = who && identity.open(who);
      if (!session) throw new Refusal("token-invalid");
      giveSession(request, reply, session, secure);
      const { name, role } = who;
      return { name, role, permissions: permissions.filter((one) => may(role, one)) };
    },
  });

  app.delete("/session", {
    config: { permission: "live.read" },
    schema: {
      ...about("tokens", "api.session.close"),
      querystring: Query({}),
      response: answers(Type.Object({ closed: Type.Boolean() }), ["origin-foreign"]),
    },
    async handler(request, reply) {
      const { session } = asker(request);
      if (session !== null) identity.close(session);
      reply.clearCookie(cookieName(request, secure), { path: "/" });
      await hub.check();
      return { closed: session !== null };
    },
  });
}
