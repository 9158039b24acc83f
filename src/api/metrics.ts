// What Prometheus may ask: the brain's own figures, HTTP and live streams.

import type { FastifyInstance } from "fastify";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { grades } from "../core/level.ts";
import { reasons } from "../ingest/quarantine.ts";
import type { Hub } from "./live/hub.ts";
import type { Front, Health } from "./ports.ts";

/** Figures that only grow, by their field in Health. */
const counters = {
  received: "Readings that came in",
  acknowledged: "Messages acknowledged, their readings on disk",
  quarantined: "Messages and readings that were not taken",
  stored: "Readings in the history",
  judged: "Readings judged",
  copies: "Copies dropped",
  late: "Readings older than the sensor's last: stored, not judged",
  skewed: "Readings from a clock that was ahead",
  qos0Dropped: "QoS 0 messages dropped under load",
} as const satisfies Partial<Record<keyof Health, string>>;

/** Figures that come and go. */
const gauges = {
  clients: "MQTT clients connected",
  logHead: "Position of the log's newest entry",
  judgedTo: "Position up to which the judge has committed",
  historyTo: "Position up to which the history has taken",
  logBytes: "Bytes of the log on disk",
} as const satisfies Partial<Record<keyof Health, string>>;

const snake = (name: string): string =>
  name.replace(/[A-Z0-9]+/g, (part) => `_${part.toLowerCase()}`);

/** Opens a registry of its own and times every request of `app`. Returns the text of a scrape. */
export function openMetrics(
  app: FastifyInstance,
  front: Front,
  hub: Hub,
): { type: string; scrape: () => Promise<string> } {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  brainFigures(registry, front);
  openFigures(registry, front);
  new Gauge({
    name: "brain_live_streams",
    help: "Who listens to the live stream",
    registers,
    collect() {
      this.set(hub.size);
    },
  });
  new Counter({
    name: "brain_live_resets_total",
    help: "Streams begun anew because the reader did not keep up",
    registers,
    collect() {
      this.reset();
      this.inc(hub.resets);
    },
  });
  const duration = new Histogram({
    name: "brain_http_seconds",
    help: "Time to answer a request",
    labelNames: ["method", "route", "status"],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  app.addHook("onResponse", async (request, reply) => {
    const { method, routeOptions } = request;
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    const route = routeOptions.url ?? "none";
    if (route !== "/api/v1/live")
      // open for hours by design
      duration.observe({ method, route, status }, reply.elapsedTime / 1_000);
  });
  return { type: registry.contentType, scrape: () => registry.metrics() };
}

function brainFigures(registry: Registry, front: Front): void {
  const registers = [registry];
  for (const [field, help] of Object.entries(counters) as [keyof typeof counters, string][])
    new Counter({
      name: `brain_${snake(field)}_total`,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(front.health()[field]);
      },
    });
  for (const [field, help] of Object.entries(gauges) as [keyof typeof gauges, string][])
    new Gauge({
      name: `brain_${snake(field)}`,
      help,
      registers,
      collect() {
        this.set(front.health()[field]);
      },
    });
  new Gauge({
    name: "brain_judge_behind_seconds",
    help: "Time of the log that the judge is behind",
    registers,
    collect() {
      this.set(front.health().judgeBehindMs / 1_000);
    },
  });
  new Gauge({
    name: "brain_scenario_out",
    help: "1 for a scenario out of service",
    labelNames: ["scenario"],
    registers,
    collect() {
      this.reset();
      for (const scenario of Object.keys(front.health().scenariosOut)) this.set({ scenario }, 1);
    },
  });
}

function openFigures(registry: Registry, front: Front): void {
  const registers = [registry];
  new Counter({
    name: "brain_quarantine_total",
    help: "Messages and readings not taken, by reason",
    labelNames: ["reason"],
    registers,
    collect() {
      this.reset();
      const counts = front.quarantine.counts();
      for (const reason of Object.keys(reasons))
        this.inc({ reason }, counts[reason as keyof typeof counts] ?? 0);
    },
  });
  new Gauge({
    name: "brain_alerts_open",
    help: "Alerts not resolved, by level",
    labelNames: ["level"],
    registers,
    async collect() {
      const { alerts, cases } = await front.records.counts(front.health().now);
      for (const level of grades) this.set({ level }, alerts.byLevel[level] ?? 0);
      open.set({ kind: "unacknowledged" }, alerts.unacknowledged);
      open.set({ kind: "shelved" }, alerts.shelved);
      open.set({ kind: "suppressed" }, alerts.suppressed);
      casesOpen.set({ kind: "open" }, cases.open);
      casesOpen.set({ kind: "overdue" }, cases.overdue);
      casesOpen.set({ kind: "ready-to-close" }, cases.readyToClose);
    },
  });
  // Counted with the levels above, and listed after them so that a scrape shows one moment.
  const open = new Gauge({
    name: "brain_alerts_waiting",
    help: "Open alerts that are unacknowledged, shelved or suppressed",
    labelNames: ["kind"],
    registers,
  });
  const casesOpen = new Gauge({
    name: "brain_cases",
    help: "Cases open, overdue, ready to close",
    labelNames: ["kind"],
    registers,
  });
}
