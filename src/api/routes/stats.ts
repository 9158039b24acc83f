// How the brain is doing: counts of what is open, and what runs how well.

import Type from "typebox";
import { about, answers } from "../answers.ts";
import type { Api, Context } from "../context.ts";
import { At, Nullable, Query } from "../views/common.ts";

const n = Type.Integer();

export const CountsSchema = Type.Object({
  sensors: n,
  sites: n,
  alerts: Type.Object({
    open: n,
    unacknowledged: n,
    shelved: n,
    suppressed: n,
    byLevel: Type.Record(Type.String(), n),
    lastTenMinutes: n,
  }),
  cases: Type.Object({ open: n, overdue: n, readyToClose: n, closed: n }),
});

const StatsSchema = Type.Object({
  counts: CountsSchema,
  health: Type.Object({
    mode: Type.Union([Type.Literal("live"), Type.Literal("drill")]),
    speed: Nullable(Type.Number()),
    startedAt: At,
    now: At,
    logHead: n,
    judgedTo: n,
    historyTo: n,
    judgeBehindMs: Type.Number({ description: "Of the log's time" }),
    clients: n,
    received: n,
    acknowledged: n,
    quarantined: n,
    stored: n,
    judged: n,
    copies: n,
    late: n,
    skewed: n,
    qos0Dropped: n,
    logBytes: n,
    scenariosOut: Type.Record(Type.String(), Type.String()),
  }),
  streams: Type.Integer({ description: "Who listens to the live stream now" }),
});

export function statRoutes(app: Api, { front, hub }: Context): void {
  app.get("/stats", {
    config: { permission: "stats.read" },
    schema: {
      ...about("stats", "api.stats.get"),
      querystring: Query({}),
      response: answers(StatsSchema, []),
    },
    async handler() {
      const health = front.health();
      const counts = await front.records.counts(health.now);
      return {
        counts,
        health: { ...health, scenariosOut: { ...health.scenariosOut } },
        streams: hub.size,
      };
    },
  });
}
