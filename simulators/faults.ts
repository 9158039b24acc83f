// What goes wrong between a sensor and the brain, laid over any fleet. Seeded: the same fleet and
// seed, the same faults.

import { type Duration, type Instant, minutes, type Rng, seconds } from "#scenario";
import type { Values } from "../src/core/reading.ts";
import type { Sensor } from "../src/register/entities.ts";
import { chanceFor, isAmong } from "../src/register/street/chance.ts";
import type { Sample, Source } from "./fleet.ts";
import { Heap } from "./heap.ts";

/** A gateway without power: nothing of its sensors comes, and its connection breaks. */
export type GatewayLoss = { kind: "gateway-loss"; gatewayId: string; from: Instant; to: Instant };

/**
 * `share` is that of readings for the first four, that of sensors for the next three, of readings
 * for a spike, of connections for a storm, of sensors for batteries; 0 to 1.
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
  /**
   * All lose power at once. What they measure meanwhile is lost; when power is back they all connect
   * and speak within seconds, and count from 1 again.
   */
  | { kind: "reboot-storm"; share: number; from: Instant; to: Instant }
  /** Each dies at an instant of its own in that time; what it says of its battery falls to nothing. */
  | { kind: "battery"; share: number; from: Instant; to: Instant }
  | GatewayLoss;

/** A connection, of a gateway or of a sensor that speaks for itself, that is broken for a while. */
export type Outage = { id: string; from: Instant; to: Instant };

/** Which readings of which sensor each fault has changed, kept back or swallowed. */
export class Touches {
  readonly #seen = new Map<string, Touch>();

  note(kind: Fault["kind"], sensorId: string, at: Instant): void {
    const key = `${kind} ${sensorId}`;
    const known = this.#seen.get(key);
    if (known) known.at.push(at);
    else this.#seen.set(key, { kind, sensorId, at: [at] });
  }

  all(): Touch[] {
    return [...this.#seen.values()];
  }
}

/** The instants at which the readings would have left, in order. */
export type Touch = { kind: Fault["kind"]; sensorId: string; at: Instant[] };

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
  "battery",
  "reboot-storm",
  "gateway-loss",
  "duplicate",
];

/** Takes one sample of one sensor, in the order it speaks; gives what becomes of it. */
type Layer = (sample: Sample) => readonly Sample[];

/**
 * The same samples after all faults have had their way, in the order they leave; what was touched
 * is noted.
 */
export function withFaults(
  source: Source,
  faults: readonly Fault[],
  seed: number,
  touches = new Touches(),
): Source {
  if (faults.length === 0) return source;
  const inPlace = inOrder(faults);
  const chains = new Map<string, readonly Layer[]>();
  /** Every sensor has layers of its own, each with its own chance and memory. */
  const chainOf = (first: Sample): readonly Layer[] => {
    const { id } = first.sensor;
    const known = chains.get(id);
    if (known) return known;
    const chain = inPlace.flatMap((fault, index) => {
      const layer = layerOf(fault, seed, String(index), first);
      return layer === untouched ? [] : noting(fault.kind, layer, touches);
    });
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

/** Notes what a layer does not let pass as it is. After a reboot only the numbering differs. */
const noting =
  (kind: Fault["kind"], layer: Layer, touches: Touches): Layer =>
  (sample) => {
    const made = layer(sample);
    const isSame = made.length === 1 && (made[0] === sample || isOnlyRenumbered(made[0]!, sample));
    if (!isSame) touches.note(kind, sample.sensor.id, sample.at);
    return made;
  };

const isOnlyRenumbered = (made: Sample, { seq, ...sample }: Sample): boolean =>
  made.seq !== seq && made.at === sample.at && made.values === sample.values;

/** Which connections are broken, and when, for a driver that must break them itself. */
export function outagesOf(
  faults: readonly Fault[],
  sensors: readonly Sensor[],
  seed: number,
): Outage[] {
  const speakers = [...new Set(sensors.map(speakerOf))];
  return inOrder(faults).flatMap((fault, index): Outage[] => {
    if (fault.kind === "gateway-loss")
      return [{ id: fault.gatewayId, from: fault.from, to: fault.to }];
    if (fault.kind !== "reboot-storm") return [];
    const { from, to } = fault;
    return speakers
      .filter((id) => isAmong(fault.share, seed, "hit", fault.kind, String(index), id))
      .map((id) => ({ id, from, to }));
  });
}

const speakerOf = ({ id, gatewayId }: Sensor): string => gatewayId ?? id;

const inOrder = (faults: readonly Fault[]): Fault[] =>
  [...faults].sort((a, b) => places.indexOf(a.kind) - places.indexOf(b.kind));

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
    case "battery":
      return isHit(fault.share)
        ? dying(fault.from, fault.from + rng.next() * (fault.to - fault.from))
        : untouched;
    case "reboot-storm":
      return isAmong(fault.share, seed, "hit", fault.kind, index, speakerOf(first.sensor))
        ? rebooting(fault.from, fault.to, rng)
        : untouched;
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

/** From `from` on its battery runs down, and at `dead` it has said its last. */
const dying =
  (from: Instant, dead: Instant): Layer =>
  (sample) => {
    const { at, values } = sample;
    if (at >= dead) return [];
    const told = Object.keys(values).filter((field) => /^battery/i.test(field));
    if (at < from || told.length === 0) return [sample];
    const left = (dead - at) / (dead - from);
    const low = told.map((field) => [field, lessened(values[field]!, left)]);
    return [{ ...sample, values: { ...values, ...Object.fromEntries(low) } }];
  };

function lessened(value: Values[string], left: number): Values[string] {
  if (typeof value !== "number") return value;
  return Number.isInteger(value) ? Math.round(value * left) : value * left;
}

/** All that lost power are back within this. */
const BOOT: Duration = seconds(5);

/**
 * The first reading it could not send is what it says when it is back; the others are lost. Then it
 * counts on from there, from 1.
 */
function rebooting(from: Instant, to: Instant, rng: Rng): Layer {
  let told = 0;
  return (sample) => {
    if (sample.at < from) return [sample];
    if (sample.at >= to) return [{ ...sample, seq: ++told }];
    if (told > 0) return [];
    const at = to + Math.floor(rng.next() * BOOT);
    return [{ ...sample, at, time: at, seq: ++told }];
  };
}

/** A whole number is a count or a code, which does not drift or spike by a factor. */
const isMeasured = (value: Values[string] | undefined): value is number =>
  typeof value === "number" && !Number.isInteger(value);
