// The door of every route: who asks, in which language, from where; and whether their role may.

import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import { Refusal } from "./failure.ts";
import type { Identity, Who } from "./identity.ts";
import { languageOf } from "./language.ts";
import { may } from "./permissions.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** Whether a Host header names this machine itself: another name that leads here is a page trying to reach past its origin. */
export const isLoopbackHost = (host: string | undefined): boolean => LOOPBACK.test(host ?? "");

export type GuardOptions = {
  identity: Identity;
  /** Only hosts named as loopback are answered (a demo that signs the browser in). */
  loopbackOnly: boolean;
  secure: boolean;
};

/**
 * Puts the guard before every route of `app`. Who asks is found out first (so that the rate limit can count them), whether they
 * may is decided before the body is read. Call it before any route is added; a route that states no permission stops `ready()`.
 */
export function guard(
  app: FastifyInstance,
  { identity, loopbackOnly, secure }: GuardOptions,
): void {
  app.decorateRequest("who", null);
  app.decorateRequest("language", "zh");
  const routes: RouteOptions[] = [];
  app.addHook("onRoute", (route) => {
    routes.push(route); // read when all is registered: a room may state the permission of a plugin's routes
  });
  app.addHook("onReady", async () => {
    const silent = routes.filter(({ config }) => config?.permission === undefined);
    const names = silent.map(({ method, url }) => `${method} ${url}`);
    if (names.length > 0) throw new Error(`these routes state no permission: ${names.join(", ")}`);
  });

  app.addHook("onRequest", async (request) => {
    const query = request.query as Record<string, unknown> | undefined;
    request.language = languageOf(query?.lang, request.headers["accept-language"]);
    if (loopbackOnly && !isLoopbackHost(request.headers.host)) throw new Refusal("host-foreign");
    request.who = await whoAsks(request, identity, secure);
  });
  app.addHook("preParsing", async (request, reply) => {
    if (!request.is404) decide(request, reply);
  });
}

async function whoAsks(
  request: FastifyRequest,
  identity: Identity,
  secure: boolean,
): Promise<Who | null> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = /^Bearer (cb_[A-Za-z0-9_-]{1,128})$/i.exec(authorization)?.[1];
    return token === undefined ? null : identity.ofToken(token);
  }
  const session = request.cookies[cookieName(request, secure)];
  return session === undefined ? null : identity.ofSession(session);
}

function decide(request: FastifyRequest, reply: FastifyReply): void {
  const { permission } = request.routeOptions.config;
  const { who } = request;
  // A browser sends the cookie by itself, so what it changes must come from our own page.
  // A program has no origin, and one that sends a token is asked by nobody else.
  const { origin, authorization } = request.headers;
  const browser = who?.session !== null && who !== null;
  const foreign = browser || (origin !== undefined && authorization === undefined);
  if (!SAFE.has(request.method) && foreign && !sameOrigin(request))
    throw new Refusal("origin-foreign");
  if (permission === "public") return;
  if (who === null) {
    reply.header("www-authenticate", 'Bearer realm="community-brain"');
    throw new Refusal(
      request.headers.authorization === undefined ? "sign-in-required" : "token-invalid",
    );
  }
  if (permission === undefined || !may(who.role, permission))
    throw new Refusal("forbidden", { role: who.role, permission: permission ?? "-" });
}

/** The host is compared and not the scheme, which a proxy in front may have changed. */
const sameOrigin = ({ headers }: FastifyRequest): boolean =>
  URL.parse(headers.origin ?? "")?.host === headers.host;

/**
 * Name of the session's cookie. Browsers share cookies among the ports of one host, so the port is part of it: two brains
 * on one machine do not sign each other out. Over TLS it is bound to the host and never sent in the clear.
 */
export const cookieName = ({ socket }: FastifyRequest, secure: boolean): string =>
  `${secure ? "__Host-" : ""}brain-${socket.localPort ?? 0}`;

/** Gives the browser its session. Scripts can't read it; no other site can send it. */
export function giveSession(
  request: FastifyRequest,
  reply: FastifyReply,
  session: string,
  secure: boolean,
): void {
  reply.setCookie(cookieName(request, secure), session, {
    path: "/",
    httpOnly: true,
    sameSite: "strict",
    secure,
  });
}
