// What goes wrong between a sensor and the brain, laid over any fleet. Seeded: the same fleet and
// seed, the same faults.

import { type Duration, type Instant, minutes, type Rng } from "#scenario";
import type { Values } from "../src/core/reading.ts";
import { chanceFor, isAmong } from "../src/register/street/chance.ts";
import { Complaint } from "./complaint.ts";
import type { Sample, Source } from "./fleet.ts";
import { Heap } from "./heap.ts";

/** A gateway without power: nothing of its sensors comes, and its connection breaks. */
export type GatewayLoss = { kind: "gateway-loss"; gatewayId: string; from: Instant; to: Instant };

/**
 * `share` is that of readings for the first four, that of sensors for the next three, of readings
 * for a spike; 0 to 1.
 */
export type Fault =
  | { kind: "drop"; share: number }
  | { kind: "duplicate"; share: number }
  /** Up to `by` late, on a road of its own, so that others overtake it. */
  | { kind: "delay"; share: number; by: Duration }
  /** Sent only after the sensor's next reading. */
  | { kind: "reorder"; share: number }
  /** The sensor's clock is ahead by so much; behind where negative. */
  | { kind: "skew"; share: number; by: Duration }
  /** Repeats the first values it gave. */
  | { kind: "stuck"; share: number }
  /** Numbers grow by a share of themselves every hour. */
  | { kind: "drift"; share: number; perHour: number }
  /** One number of the reading is multiplied by `by`. */
  | { kind: "spike"; share: number; by: number }
  | GatewayLoss;

/**
 * Where on the way each happens: in the sensor, on the road, at the gateway, and last when a
 * message is sent twice.
 */
const places: readonly Fault["kind"][] = [
  "stuck",
  "drift",
  "spike",
  "skew",
  "drop",
  "delay",
  "reorder",
  "gateway-loss",
  "duplicate",
];

/** Takes one sample of one sensor, in the order it speaks; gives what becomes of it. */
type Layer = (sample: Sample) => readonly Sample[];

/** The same samples after all faults have had their way, in the order they leave. */
export function withFaults(source: Source, faults: readonly Fault[], seed: number): Source {
  if (faults.length === 0) return source;
  const inPlace = [...faults].sort((a, b) => places.indexOf(a.kind) - places.indexOf(b.kind));
  const chains = new Map<string, readonly Layer[]>();
  /** Every sensor has layers of its own, each with its own chance and memory. */
  const chainOf = (first: Sample): readonly Layer[] => {
    const { id } = first.sensor;
    const known = chains.get(id);
    if (known) return known;
    const layers = inPlace.map((fault, index) => layerOf(fault, seed, String(index), first));
    const chain = layers.filter((layer) => layer !== untouched);
    chains.set(id, chain);
    return chain;
  };
  const waiting = new Heap<{ sample: Sample; order: number }>((a, b) =>
    a.sample.at !== b.sample.at ? a.sample.at < b.sample.at : a.order < b.order,
  );
  let order = 0;
  return {
    *dueBefore(at) {
      for (const spoken of source.dueBefore(at)) {
        let samples: readonly Sample[] = [spoken];
        for (const layer of chainOf(spoken))
          samples = samples.length === 1 ? layer(samples[0]!) : samples.flatMap(layer);
        for (const sample of samples) waiting.push({ sample, order: order++ });
      }
      // No fault sends anything into the past, so all that leaves before `at` is known by now.
      for (let top = waiting.top(); top && top.sample.at < at; top = waiting.top()) {
        waiting.pop();
        yield top.sample;
      }
    },
  };
}

/** When links are down, for a driver that must break the connection itself. */
export const lossesOf = (faults: readonly Fault[]): GatewayLoss[] =>
  faults.filter((fault) => fault.kind === "gateway-loss");

/** What a fault leaves alone. */
const untouched: Layer = (sample) => [sample];

function layerOf(fault: Fault, seed: number, index: string, first: Sample): Layer {
  const { id, gatewayId } = first.sensor;
  const rng = chanceFor(seed, "fault", fault.kind, index, id);
  const isHit = (share: number) => isAmong(share, seed, "hit", fault.kind, index, id);
  switch (fault.kind) {
    case "drop":
      return (sample) => (rng.next() < fault.share ? [] : [sample]);
    case "duplicate":
      return (sample) =>
        rng.next() < fault.share ? [sample, { ...sample, copy: true }] : [sample];
    case "delay":
      return (sample) =>
        rng.next() < fault.share
          ? [{ ...sample, at: sample.at + Math.ceil(rng.next() * fault.by) }]
          : [sample];
    case "reorder":
      return overtaken(fault.share, rng);
    case "skew":
      return isHit(fault.share)
        ? (sample) => [{ ...sample, time: sample.time + fault.by }]
        : untouched;
    case "stuck":
      return isHit(fault.share) ? (sample) => [{ ...sample, values: first.values }] : untouched;
    case "drift":
      return isHit(fault.share) ? drifting(fault.perHour, first.at) : untouched;
    case "spike":
      return (sample) =>
        rng.next() < fault.share
          ? [{ ...sample, values: spiked(sample.values, fault.by, rng) }]
          : [sample];
    case "gateway-loss":
      return gatewayId === fault.gatewayId
        ? (sample) => (fault.from <= sample.at && sample.at < fault.to ? [] : [sample])
        : untouched;
  }
}

/** Keeps one reading back until the next one has gone. */
function overtaken(share: number, rng: Rng): Layer {
  let kept: Sample | undefined;
  return (sample) => {
    if (kept) {
      const late = { ...kept, at: sample.at };
      kept = undefined;
      return [sample, late];
    }
    if (rng.next() >= share) return [sample];
    kept = sample;
    return [];
  };
}

const drifting =
  (perHour: number, since: Instant): Layer =>
  (sample) => {
    const factor = 1 + (perHour * (sample.at - since)) / minutes(60);
    const values = Object.entries(sample.values).map(([field, value]) => [
      field,
      isMeasured(value) ? value * factor : value,
    ]);
    return [{ ...sample, values: Object.fromEntries(values) as Values }];
  };

function spiked(values: Values, by: number, rng: Rng): Values {
  const fields = Object.keys(values).filter((field) => isMeasured(values[field]));
  const field = fields[Math.floor(rng.next() * fields.length)];
  return field === undefined ? values : { ...values, [field]: (values[field] as number) * by };
}

/** A whole number is a count or a code, which does not drift or spike by a factor. */
const isMeasured = (value: Values[string] | undefined): value is number =>
  typeof value === "number" && !Number.isInteger(value);

/**
 * Reads what a tester writes: `drop:2%`, `duplicate:1%`, `delay:5%:90s`, `reorder:2%`,
 * `skew:10%:-3min`, `stuck:1%`, `drift:5%:20%` (per hour), `spike:0.1%:10`,
 * `gateway-loss:<id>@<from>+<for>` as in `gateway-loss:gw-3@10min+5min`. Throws a Complaint that
 * says what is wrong with it.
 */
export function readFault(text: string, startAt: Instant): Fault {
  const [kind, first = "", second, ...rest] = text.split(":");
  const wrong = () => new Complaint("simulators.fault-unreadable", { text });
  const share = shareOf(first);
  if (rest.length > 0) throw wrong();
  if (kind === "gateway-loss") {
    const [, gatewayId, from, lasts] = /^([\w-]+)@([\d.]+\w+)\+([\d.]+\w+)$/.exec(first) ?? [];
    const [begins, takes] = [durationOf(from ?? ""), durationOf(lasts ?? "")];
    if (!gatewayId || begins === null || takes === null || second !== undefined) throw wrong();
    return { kind, gatewayId, from: startAt + begins, to: startAt + begins + takes };
  }
  if (share === null) throw wrong();
  if (kind === "drop" || kind === "duplicate" || kind === "reorder" || kind === "stuck") {
    if (second !== undefined) throw wrong();
    return { kind, share };
  }
  if (kind === "delay" || kind === "skew") {
    const by = durationOf(second ?? "");
    if (by === null || (kind === "delay" && by <= 0)) throw wrong();
    return { kind, share, by };
  }
  const perHour = shareOf(second ?? "");
  if (kind === "drift" && perHour !== null) return { kind, share, perHour };
  if (kind === "spike" && second && Number.isFinite(Number(second)))
    return { kind, share, by: Number(second) };
  throw wrong();
}

function shareOf(text: string): number | null {
  const [, number, percent] = /^([\d.]+)(%?)$/.exec(text) ?? [];
  const share = Number(number ?? "x") / (percent ? 100 : 1);
  return share >= 0 && share <= 1 ? share : null;
}

const units: Readonly<Record<string, Duration>> = {
  ms: 1,
  s: 1_000,
  min: minutes(1),
  h: minutes(60),
};

function durationOf(text: string): Duration | null {
  const [, number, unit] = /^(-?[\d.]+)(ms|s|min|h)$/.exec(text) ?? [];
  const duration = Number(number ?? "x") * (units[unit ?? ""] ?? Number.NaN);
  return Number.isFinite(duration) ? duration : null;
}
