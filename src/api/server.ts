// The front: everything that people and programs ask over HTTP. This file lists every route file.

import type { Server } from "node:http";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import type { Logger } from "pino";
import { type Duration, type Instant, minutes, seconds } from "../core/time.ts";
import { frontLog, noteRequests } from "./access-log.ts";
import { openCommands } from "./command.ts";
import type { Api, Context } from "./context.ts";
import { answerFailures, Refusal } from "./failure.ts";
import { guard } from "./guard.ts";
import { openIdentity } from "./identity.ts";
import { Hub, type LiveOptions, liveDefaults } from "./live/hub.ts";
import { showingOf } from "./live/showing.ts";
import { openMetrics } from "./metrics.ts";
import { type BridgeOptions, bridgeDefaults, openBridge } from "./mqtt-bridge.ts";
import { namesOf } from "./names.ts";
import { openDocument } from "./openapi.ts";
import { contentSecurityPolicy, openPage, webFolder } from "./page.ts";
import type { Role } from "./permissions.ts";
import { pluginsOf } from "./plugins.ts";
import type { Front } from "./ports.ts";
import { alertRoutes } from "./routes/alerts.ts";
import { caseRoutes } from "./routes/cases.ts";
import { type HealthOptions, healthDefaults, healthRoutes } from "./routes/health.ts";
import { liveRoutes } from "./routes/live.ts";
import { mapRoutes } from "./routes/map.ts";
import { quarantineRoutes } from "./routes/quarantine.ts";
import { readingRoutes } from "./routes/readings.ts";
import { registerRoutes } from "./routes/register.ts";
import { scenarioRoutes } from "./routes/scenarios.ts";
import { statRoutes } from "./routes/stats.ts";
import { sessionRoutes, tokenRoutes } from "./routes/tokens.ts";
import { validatorCompiler } from "./validate.ts";

export type FrontOptions = {
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** PEM texts; with them the front speaks HTTPS only. */
  tls?: { cert: string; key: string };
  /** Whoever opens the page has this role. Only on loopback: openFront refuses any other host. */
  signedInAs?: Role;
  /** GeoJSON of the base map. */
  map?: unknown;
  /** Folder whose disk /readyz watches. */
  dataFolder?: string;
  /** Folder of the page. */
  web?: string;
  /** The program's log; none by default. */
  log?: Logger;
  /** Requests a minute of one token or session, and of one address that has none. */
  rate?: { known: number; unknown: number };
  live?: Partial<LiveOptions>;
  mqtt?: Partial<BridgeOptions>;
  health?: Partial<Omit<HealthOptions, "dataFolder">>;
  /** Real time, ms. */
  now?: () => Instant;
};

/** `address` is where it listens, as a URL. `close` hangs up on all and resolves when nothing is left. */
export type OpenFront = { address: string; close(): Promise<void> };

const BODY_BYTES = 262_144;
const REQUEST: Duration = seconds(30);

/** Opens the front on its port. Throws when a demo would listen beyond loopback, or a route states no permission. */
export async function openFront(front: Front, options: FrontOptions): Promise<OpenFront> {
  const { app, stop } = await buildFront(front, options);
  try {
    const address = await app.listen({ host: options.host, port: options.port });
    return {
      address,
      async close() {
        stop();
        await app.close();
      },
    };
  } catch (error) {
    stop();
    await app.close();
    throw error;
  }
}

/** The front without its port, for tests that ask by `inject`. */
export async function buildFront(
  front: Front,
  options: Omit<FrontOptions, "port">,
): Promise<{ app: FastifyInstance; hub: Hub; stop: () => void }> {
  if (options.signedInAs !== undefined && !isLoopback(options.host))
    throw new Error(
      `host is ${options.host}: a front that signs the browser in listens on 127.0.0.1, ::1 or localhost only`,
    );
  const now = options.now ?? Date.now;
  const secure = options.tls !== undefined;
  const app = bareServer(options);
  const identity = openIdentity(front.tokens, { now, signedInAs: options.signedInAs });
  const plugins = pluginsOf(() => front.scenarios);
  const names = namesOf(front.records, now);
  const showing = showingOf({ plugins, names });
  const live = { ...liveDefaults, ...options.live };
  const hub = new Hub({ front, identity, showing, options: live, now, log: app.log });
  const commands = openCommands(front);
  const map = options.map ?? null;
  const context: Context = { front, identity, plugins, names, hub, commands, map, now };

  answerFailures(app);
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy,
    hsts: secure,
    xFrameOptions: { action: "deny" },
  });
  guard(app, { identity, loopbackOnly: options.signedInAs !== undefined, secure });
  await limitRate(app, options.rate ?? { known: 1_200, unknown: 600 });
  noteRequests(app);
  const metrics = openMetrics(app, front, hub);
  await openDocument(app);
  await app.register(async (api) => routes(api as unknown as Api, context, secure), {
    prefix: "/api/v1",
  });
  healthRoutes(app as unknown as Api, context, healthOf(options), metrics);
  await app.register(openPage, { identity, folder: options.web ?? webFolder, secure });
  const stopBridge = openBridge(app.server as Server, front, {
    ...bridgeDefaults,
    ...options.mqtt,
  });
  return {
    app,
    hub,
    stop() {
      stopBridge();
      hub.close();
    },
  };
}

function routes(api: Api, context: Context, secure: boolean): void {
  alertRoutes(api, context);
  caseRoutes(api, context);
  registerRoutes(api, context);
  readingRoutes(api, context);
  scenarioRoutes(api, context);
  quarantineRoutes(api, context);
  statRoutes(api, context);
  mapRoutes(api, context);
  tokenRoutes(api, context);
  sessionRoutes(api, context, { secure });
  liveRoutes(api, context);
}

function bareServer(options: Omit<FrontOptions, "port">): FastifyInstance {
  const server = {
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST,
    keepAliveTimeout: minutes(1),
    routerOptions: { maxParamLength: 300 },
    exposeHeadRoutes: false,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    ...(options.log ? { loggerInstance: frontLog(options.log) as FastifyBaseLogger } : {}),
  };
  const app = options.tls
    ? (Fastify({ ...server, https: options.tls }) as unknown as FastifyInstance)
    : Fastify(server);
  app.setValidatorCompiler(validatorCompiler);
  // Views make what is sent; the schemas tell it, and a test holds them to it.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  return app.withTypeProvider<TypeBoxTypeProvider>() as unknown as FastifyInstance;
}

async function limitRate(
  app: FastifyInstance,
  { known, unknown }: { known: number; unknown: number },
): Promise<void> {
  await app.register(rateLimit, {
    timeWindow: minutes(1),
    max: (request) => (request.who ? known : unknown),
    keyGenerator: ({ who, ip }) => (who ? (who.session ?? who.id) : ip),
    errorResponseBuilder: (_request, { ttl }) =>
      new Refusal("too-many-requests", { seconds: Math.ceil(ttl / 1_000) }),
  });
}

function healthOf({ dataFolder, signedInAs, health }: Omit<FrontOptions, "port">): HealthOptions {
  return {
    ...healthDefaults,
    metrics: signedInAs === undefined ? "metrics.read" : "public",
    ...health,
    dataFolder: dataFolder ?? null,
  };
}

const isLoopback = (host: string): boolean => ["127.0.0.1", "::1", "localhost"].includes(host);
