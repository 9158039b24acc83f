// Whether the process lives, whether it is ready to be relied on, and its figures.

import { statfs } from "node:fs/promises";
import Type from "typebox";
import { type Duration, seconds } from "../../core/time.ts";
import { say } from "../../messages/say.ts";
import type { Api, Context } from "../context.ts";
import type { Permission } from "../permissions.ts";
import { Query } from "../views/common.ts";

export type HealthOptions = {
  /** Folder whose disk is watched; null: none. */
  dataFolder: string | null;
  /** Real time that the judge may be behind the log's head. */
  mostBehind: Duration;
  leastDiskBytes: number;
  /** Who may read the figures. */
  metrics: Permission | "public";
};

export const healthDefaults = {
  dataFolder: null,
  mostBehind: seconds(10),
  leastDiskBytes: 128 * 2 ** 20,
} as const;

const Reason = Type.Object({ code: Type.String(), says: Type.String() });
const ReadySchema = Type.Object({ ready: Type.Boolean(), reasons: Type.Array(Reason) });
type Why = { code: "behind" | "disk" | "records"; params: Record<string, number> };

export function healthRoutes(
  app: Api,
  context: Context,
  options: HealthOptions,
  metrics: { type: string; scrape: () => Promise<string> },
): void {
  app.get("/healthz", {
    config: { permission: "public", rateLimit: false },
    schema: { hide: true },
    handler: async () => ({ status: "ok" }),
  });
  app.get("/readyz", {
    config: { permission: "public" },
    schema: {
      hide: true,
      querystring: Query({}),
      response: { 200: ReadySchema, 503: ReadySchema },
    },
    async handler({ language }, reply) {
      const whys = await whyNot(context, options);
      reply.code(whys.length === 0 ? 200 : 503);
      const reasons = whys.map(({ code, params }) => ({
        code,
        says: say(language, `api.ready.${code}`, params),
      }));
      return { ready: whys.length === 0, reasons };
    },
  });
  app.get("/metrics", {
    config: { permission: options.metrics },
    schema: { hide: true },
    async handler(_request, reply) {
      reply.type(metrics.type);
      return metrics.scrape();
    },
  });
}

async function whyNot({ front }: Context, options: HealthOptions): Promise<readonly Why[]> {
  const whys: Why[] = [];
  const { judgeBehindMs, mode, speed } = front.health();
  // A clock that readings drive does not pass by itself: nothing can be said of being behind it.
  const pace = mode === "live" ? 1 : (speed ?? Number.POSITIVE_INFINITY);
  const behindMs = judgeBehindMs / pace;
  if (behindMs > options.mostBehind)
    whys.push({ code: "behind", params: { seconds: Math.round(behindMs / 1_000) } });
  const free = options.dataFolder === null ? null : await freeBytes(options.dataFolder);
  if (free !== null && free < options.leastDiskBytes)
    whys.push({ code: "disk", params: { mib: Math.floor(free / 2 ** 20) } });
  try {
    await front.records.position();
  } catch {
    whys.push({ code: "records", params: {} });
  }
  return whys;
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
