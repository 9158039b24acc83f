// What the front writes to the program's log: who changed what, and what failed. Never a secret, never what a client sent.

import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";

const secrets = ["authorization", "cookie", "set-cookie", "token", "secret", "hash", "password"];

/** Places that a secret might be logged at by accident, by us or a plugin. */
const redact = secrets.flatMap((name) => [
  `["${name}"]`,
  `*["${name}"]`,
  `*.headers["${name}"]`,
  `*.body["${name}"]`,
]);

/** The program's log as the front may use it. */
export const frontLog = (log: Logger): Logger =>
  log.child({ room: "front" }, { redact: { paths: redact, censor: "…" } });

/** Notes each request that changes something, and each that failed. The route is noted, not the address, which a client chose. */
export function noteRequests(app: FastifyInstance): void {
  app.addHook("onResponse", async (request, reply) => {
    const { method, routeOptions, who, id } = request;
    const failed = reply.statusCode >= 500;
    if (method === "GET" && !failed) return;
    const noted = {
      request: id,
      method,
      route: routeOptions.url ?? "none",
      status: reply.statusCode,
      by: who?.name ?? null,
      ms: Math.round(reply.elapsedTime),
    };
    if (failed) request.log.warn(noted, "a request failed");
    else request.log.info(noted, "a request was answered");
  });
}
