// Drives a fleet over MQTT like any device would: samples leave when the simulated clock says so,
// one message of a sensor at a time, and what the brain has not acknowledged is sent again.

import { setInterval as every } from "node:timers/promises";
import { type DrillTime, simulatedAt } from "./drill-time.ts";
import type { Outage } from "./faults.ts";
import type { Sample, Source } from "./fleet.ts";
import { Histogram } from "./histogram.ts";
import type { Link } from "./link.ts";
import type { Links } from "./links.ts";

/**
 * What was sent, in readings. Those that the door must refuse, and second copies, are counted
 * apart.
 */
export type Tally = {
  sent: number;
  acked: number;
  refusedSent: number;
  refusedAcked: number;
  copies: number;
  /** Copies of readings that the door must refuse, which it refuses once more. */
  refusedCopies: number;
  messages: number;
  /** Never sent, because a sensor's memory was full or the drive ended. */
  unsent: number;
};

export type DriveOptions = {
  source: Source;
  links: Links;
  time: DrillTime;
  /** Real time, for tests; default Date.now. */
  real?: () => number;
  /** Real milliseconds to drive; default: until aborted. */
  forMs?: number;
  signal?: AbortSignal;
  /** Connections to break, and when to let them come back. */
  outages?: readonly Outage[];
  /**
   * How long after the end what was due is still sent and acknowledgements are waited for; 10 s.
   */
  patienceMs?: number;
  /** Called about once a second. */
  onProgress?(tally: Readonly<Tally>): void;
};

export type Driven = {
  tally: Tally;
  /** From the first write of a message to its acknowledgement, whatever broke in between. */
  ackMs: Histogram;
  /** The simulated instant up to which samples were sent. */
  until: number;
};

/** How often what is due is looked for. */
const TICK_MS = 20;
const PROGRESS_TICKS = 50;
/**
 * Readings that a sensor, or a gateway, remembers while it cannot send; the oldest is forgotten
 * first.
 */
const MEMORY = { sensor: 1_000, gateway: 100_000 };
/** Readings that were kept back are sent so many a message; the door takes 1,000 and 256 KiB. */
const AT_ONCE = { sensor: 50, gateway: 300 };

/**
 * Sends until the time is over or the signal comes, then waits for what is on its way. Leaves the
 * links open.
 */
export async function drive(options: DriveOptions): Promise<Driven> {
  const { source, links, time, real = Date.now, forMs, signal } = options;
  const { outages = [], patienceMs = 10_000 } = options;
  const counts: Counts = { tally: emptyTally(), ackMs: new Histogram() };
  const lanes = new Map<string, Lane>();
  const laneOf = ({ sensor }: Sample): Lane => {
    const speaker = sensor.gatewayId ?? sensor.id;
    let lane = lanes.get(speaker);
    if (!lane) {
      const { link, topic } = links.of(sensor);
      lane = openLane(link, topic, sensor.gatewayId !== undefined, counts);
      lanes.set(speaker, lane);
    }
    return lane;
  };
  const breakLinks = breaker(outages, links);
  const endsAt = forMs === undefined ? Number.POSITIVE_INFINITY : real() + forMs;
  let until = simulatedAt(time, real());
  const turn = (now: number) => {
    until = simulatedAt(time, Math.min(now, endsAt));
    breakLinks(until);
    for (const sample of source.dueBefore(until)) laneOf(sample).take(sample);
  };
  let ticks = 0;
  if (!signal?.aborted) {
    turn(real());
    for await (const _ of ticking(signal)) {
      const now = real();
      turn(now);
      if (++ticks % PROGRESS_TICKS === 0) options.onProgress?.(counts.tally);
      if (now >= endsAt) break;
    }
  }
  for (const { id } of outages) links.get(id)?.restore();
  await settled(links, patienceMs);
  for (const lane of lanes.values()) lane.stop();
  return { ...counts, until };
}

type Counts = Pick<Driven, "tally" | "ackMs">;

export const emptyTally = (): Tally => ({
  sent: 0,
  acked: 0,
  refusedSent: 0,
  refusedAcked: 0,
  copies: 0,
  refusedCopies: 0,
  messages: 0,
  unsent: 0,
});

/** Counts one sample that went out, or one that was acknowledged. */
export function count(tally: Tally, sample: Sample, what: "sent" | "acked"): void {
  if (sample.copy) {
    if (what === "sent") tally.copies++;
    else if (sample.refused) tally.refusedCopies++;
  } else if (sample.refused) tally[what === "sent" ? "refusedSent" : "refusedAcked"]++;
  else tally[what]++;
}

async function* ticking(signal: AbortSignal | undefined): AsyncGenerator<void> {
  try {
    for await (const _ of every(TICK_MS, undefined, signal && { signal })) yield;
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}

/** Breaks and restores what is due; each once, since a storm may have thousands. */
function breaker(outages: readonly Outage[], links: Links): (now: number) => void {
  const falling = outages.toSorted((a, b) => b.from - a.from);
  const down = new Set<Outage>();
  return (now) => {
    for (let next = falling.at(-1); next && next.from <= now; next = falling.at(-1)) {
      falling.pop();
      links.get(next.id)?.sever();
      down.add(next);
    }
    for (const one of down) {
      if (one.to > now) continue;
      down.delete(one);
      links.get(one.id)?.restore();
    }
  };
}

async function settled(links: Links, patienceMs: number): Promise<void> {
  // Nobody waits for one that was never let in.
  const known = links.all.filter(({ wasUp }) => wasUp);
  let patience: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    patience = setTimeout(resolve, patienceMs);
  });
  await Promise.race([Promise.all(known.map((link) => link.drained())), over]);
  clearTimeout(patience);
}

/** What one sensor or gateway has to say: one message on its way, the rest remembered. */
type Lane = { take(sample: Sample): void; stop(): void };

function openLane(link: Link, topic: string, isGateway: boolean, counts: Counts): Lane {
  const { tally, ackMs } = counts;
  const memory = isGateway ? MEMORY.gateway : MEMORY.sensor;
  let queue: Sample[] = [];
  /** Handed to the link, written or not; one at a time. */
  let onItsWay: Sample[] = [];
  let isWritten = false;
  const send = () => {
    if (onItsWay.length > 0 || queue.length === 0) return;
    const samples = queue.splice(0, isGateway ? AT_ONCE.gateway : AT_ONCE.sensor);
    onItsWay = samples;
    isWritten = false;
    link.offer({
      topic,
      payload: payloadOf(samples, isGateway),
      written() {
        isWritten = true;
        tally.messages++;
        for (const sample of samples) count(tally, sample, "sent");
      },
      acked(tookMs) {
        onItsWay = [];
        ackMs.add(tookMs);
        for (const sample of samples) count(tally, sample, "acked");
        send();
      },
    });
  };
  return {
    take(sample) {
      queue.push(sample);
      if (queue.length > memory) {
        queue.shift();
        tally.unsent++;
      }
      send();
    },
    stop() {
      tally.unsent += queue.length + (isWritten ? 0 : onItsWay.length);
      queue = [];
    },
  };
}

/** One reading as an object, several as an array; those of a gateway each with its sensor. */
function payloadOf(samples: readonly Sample[], isGateway: boolean): string {
  const readings = samples.map(({ sensor, time, values, seq }) => ({
    ...(isGateway && { sensor: sensor.id }),
    time,
    values,
    seq,
  }));
  return JSON.stringify(!isGateway && readings.length === 1 ? readings[0] : readings);
}
