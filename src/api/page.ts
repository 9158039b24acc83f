// The page at /, its files, and the plot library: all of our own origin, under a policy that lets nothing else in.

import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { giveSession } from "./guard.ts";
import type { Identity } from "./identity.ts";

/** Folder of the stand-in page. */
export const webFolder = fileURLToPath(new URL("../../dashboards/web/", import.meta.url));
const plotFolder = dirname(fileURLToPath(import.meta.resolve("uplot")));

/** No inline script or style, no other origin, no frame around us, no markup made of text. */
export const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
  },
};

export type PageOptions = { identity: Identity; folder: string; secure: boolean };

/** Serves the page. Where a role is signed in by default, opening it is what gives the browser its session. */
export async function openPage(
  app: FastifyInstance,
  { identity, folder, secure }: PageOptions,
): Promise<void> {
  app.addHook("onRoute", (route) => {
    route.config = { permission: "public", ...route.config };
  });
  app.get("/", { schema: { hide: true } }, async (request, reply) => {
    if (request.who === null) {
      const session = identity.open(null);
      if (session !== null) giveSession(request, reply, session, secure);
    }
    reply.header("cache-control", "no-store").type("text/html; charset=utf-8");
    return readFile(`${folder}index.html`);
  });
  const files = { schemaHide: true, index: false, cacheControl: false } as const;
  const setHeaders = (reply: FastifyReply) => void reply.header("cache-control", "no-cache");
  await app.register(fastifyStatic, { ...files, setHeaders, root: folder, prefix: "/web/" });
  await app.register(fastifyStatic, {
    ...files,
    setHeaders,
    root: plotFolder,
    prefix: "/vendor/uplot/",
    decorateReply: false,
    allowedPath: (path) => path === "/uPlot.esm.js" || path === "/uPlot.min.css",
  });
}
