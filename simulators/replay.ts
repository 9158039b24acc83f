// Sends a recording through a real MQTT client, row by row and in its order, as its sensors would
// have.

import { setTimeout as sleep } from "node:timers/promises";
import type { IClientOptions } from "mqtt";
import type { Instant } from "#scenario";
import { chanceFor } from "../src/register/street/chance.ts";
import { Complaint } from "./complaint.ts";
import { Histogram } from "./histogram.ts";
import { Link } from "./link.ts";
import {
  type BadRow,
  type ColumnMap,
  type RecordingOptions,
  type Row,
  rowsOf,
} from "./recording.ts";

export type ReplayOptions = Pick<RecordingOptions, "scenarios" | "sensorOf"> & {
  url: string;
  secretOf(id: string): string | undefined;
  /** Messages on their way at once, all of one connection, which keeps their order; default 64. */
  window?: number;
  /** Seconds of the recording in one real second; default: as fast as the brain acknowledges. */
  speed?: number;
  /**
   * The first row is told as of now and the others at the pace they are sent (`speed`, default 1),
   * so that a brain on real time takes them for live. At another speed than 1 the recording's own
   * durations shrink or grow with it.
   */
  shiftToNow?: boolean;
  /** Real time; default Date.now. */
  real?: () => number;
  client?: IClientOptions;
  signal?: AbortSignal;
  /** Called now and then. */
  onProgress?(replayed: Readonly<Replayed>): void;
};

export type Replayed = {
  sent: number;
  acked: number;
  /** Rows that are no readings; `bad` has the first of them. */
  badRows: number;
  bad: readonly BadRow[];
  /** Rows older than the one before them, sent all the same. */
  backwards: number;
  /** Instants of the first and last row sent, as the recording has them. */
  from: Instant | null;
  to: Instant | null;
  ackMs: Histogram;
};

const BAD_KEPT = 20;
const PROGRESS_ROWS = 1_000;
/** How long a first connection may take. */
const PATIENCE_MS = 15_000;

/**
 * Sends every row. Rows of one connection (a sensor's own, or a gateway's for all its sensors) are
 * kept in order by the connection, however many are on their way; before a row goes by another
 * connection, the one before must have acknowledged everything. So the brain takes the rows in the
 * order of the file, whoever speaks. Resolves when all are acknowledged.
 */
export async function replayCsv(
  file: string,
  map: ColumnMap,
  options: ReplayOptions,
): Promise<Replayed> {
  const { window = 64, signal, scenarios, sensorOf } = options;
  const replayed: Writable = {
    sent: 0,
    acked: 0,
    badRows: 0,
    bad: [],
    backwards: 0,
    from: null,
    to: null,
    ackMs: new Histogram(),
  };
  const links = new Map<string, Link>();
  const pace = pacing(options);
  const onAbort = () => void Promise.all([...links.values()].map((link) => link.close()));
  signal?.addEventListener("abort", onAbort, { once: true });
  let last: Link | undefined;
  try {
    for await (const row of rowsOf({ file, map, scenarios, sensorOf })) {
      if (signal?.aborted) break;
      if (isBad(row)) {
        note(row, replayed);
        continue;
      }
      const link = await linkFor(row, links, options);
      if (last && last !== link) await last.drained();
      last = link;
      const time = await pace(row.time);
      await link.fewerThan(window);
      if (signal?.aborted) break;
      offer(row, time, link, replayed);
      if (replayed.sent % PROGRESS_ROWS === 0) options.onProgress?.(replayed);
    }
    await last?.drained();
  } finally {
    signal?.removeEventListener("abort", onAbort);
    await Promise.all([...links.values()].map((link) => link.close()));
  }
  options.onProgress?.(replayed);
  return replayed;
}

type Writable = { -readonly [K in keyof Replayed]: Replayed[K] } & { bad: BadRow[] };

const isBad = (row: Row | BadRow): row is BadRow => "why" in row;

function note(row: BadRow, replayed: Writable): void {
  replayed.badRows++;
  if (replayed.bad.length < BAD_KEPT) replayed.bad.push(row);
}

function offer(row: Row, time: Instant, link: Link, replayed: Writable): void {
  replayed.sent++;
  replayed.from ??= row.time;
  if (replayed.to !== null && row.time < replayed.to) replayed.backwards++;
  replayed.to = row.time;
  link.offer({
    topic: `readings/${row.sensor.siteId}/${row.sensor.id}`,
    payload: JSON.stringify({ time, values: row.values }),
    acked(tookMs) {
      replayed.acked++;
      replayed.ackMs.add(tookMs);
    },
  });
}

async function linkFor(
  { sensor }: Row,
  links: Map<string, Link>,
  { url, secretOf, window = 64, client }: ReplayOptions,
): Promise<Link> {
  const id = sensor.gatewayId ?? sensor.id;
  const known = links.get(id);
  if (known) return known;
  const secret = secretOf(id);
  if (secret === undefined) throw new Complaint("simulators.secret-missing", { id });
  let why = "";
  const link = new Link({
    url,
    id,
    secret,
    window,
    birth: false, // a recording says nothing of links
    rng: chanceFor(0, "link", id),
    ...(client && { client }),
    onTrouble: (_, said) => {
      why = said;
    },
  });
  links.set(id, link);
  const patience = new AbortController();
  await Promise.race([
    link.connected(),
    sleep(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => {}),
  ]);
  patience.abort();
  if (!link.up) throw new Complaint("simulators.nobody-connected", { url, why });
  return link;
}

/** Waits until a row is due, and says which time it is told with. */
function pacing({
  speed,
  shiftToNow = false,
  real = Date.now,
  signal,
}: ReplayOptions): (time: Instant) => Promise<Instant> {
  const pace = speed ?? (shiftToNow ? 1 : undefined);
  let start: { real: Instant; row: Instant } | undefined;
  return async (time) => {
    if (pace === undefined) return time;
    start ??= { real: real(), row: time };
    const due = start.real + (time - start.row) / pace;
    if (due > real()) await sleep(due - real(), undefined, signal && { signal }).catch(() => {});
    return shiftToNow ? Math.round(due) : time;
  };
}
