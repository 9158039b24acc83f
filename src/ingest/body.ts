// One reading out of its JSON: its fields, its values by the scenario's schema, its time, and consent where it needs one.

import { type Quality, qualities, type Reading, type Values } from "../core/reading.ts";
import { type Instant, minutes } from "../core/time.ts";
import { type Fault, structuralFault } from "./diagnose.ts";
import { parseInstant } from "./instant.ts";
import type { DoorSensor, DoorView, Form } from "./view.ts";

/** The log's clock: `hear` moves it on where readings drive it, before they are stamped. */
export type Stamp = { now(): Instant; hear(at: Instant): void };

/** What a sender may say beside the values; all of it unchecked. */
type Sent = {
  sensor?: unknown;
  time?: unknown;
  values?: unknown;
  seq?: unknown;
  quality?: unknown;
  battery?: unknown;
  rssi?: unknown;
};
const KNOWN: ReadonlySet<string> = new Set([
  "sensor",
  "time",
  "values",
  "seq",
  "quality",
  "battery",
  "rssi",
]);
const QUALITIES: ReadonlySet<unknown> = new Set(qualities);
const EARLIEST = Date.UTC(2000, 0, 1);
const AHEAD = minutes(2);

const NO_OBJECT: Fault = {
  reason: "shape",
  field: "reading",
  asks: 'is no object; send {"time": …, "values": {…}}',
};
const NO_CONSENT: Fault = {
  reason: "no-consent",
  field: "reading",
  asks: "is about a person whose consent is not on record; it was dropped",
};

/** Makes readings of one door. `latest` is the newest time that is believed. */
export class ReadingMaker {
  readonly #view: DoorView;
  readonly #clock: Stamp;
  readonly #latest: () => Instant;
  /** Readings whose sensor's clock was more than two minutes ahead, since the beginning. */
  skewed = 0;

  constructor(view: DoorView, clock: Stamp, latest: () => Instant) {
    this.#view = view;
    this.#clock = clock;
    this.#latest = latest;
  }

  /** Adds the reading that `body` is to `into` and returns null; returns what is wrong with it when it is none. */
  make(body: unknown, sensor: DoorSensor, into: Reading[]): Fault | null {
    if (typeof body !== "object" || body === null || Array.isArray(body)) {
      return structuralFault(body, "reading") ?? NO_OBJECT;
    }
    if (sensor.form === null) return notInstalled(sensor);
    const fault = fieldsFault(body, sensor, sensor.form);
    if (fault !== null) return structuralFault(body, "reading") ?? fault;
    return this.#stamp(body, sensor, sensor.form.purpose, into);
  }

  /** Gives the reading its two times, asks for consent, and takes it. */
  #stamp(sent: Sent, sensor: DoorSensor, purpose: string | null, into: Reading[]): Fault | null {
    let now = this.#clock.now();
    let time = now;
    if (sent.time !== undefined) {
      const read = typeof sent.time === "string" ? parseInstant(sent.time) : wholeMs(sent.time);
      if (read === null) return structuralFault(sent.time, "time") ?? unreadable(sent.time);
      if (read < EARLIEST || (read > now && read > this.#latest())) return implausible(sent.time);
      if (read > now) {
        this.#clock.hear(read);
        now = this.#clock.now();
      }
      time = read;
    }
    const skewed = time - now > AHEAD;
    if (time > now) time = now;
    if (purpose !== null && !this.#consented(sensor.siteId, purpose, time, now)) return NO_CONSENT;
    if (skewed) this.skewed++;
    into.push(readingOf(sent, sensor, time, now, skewed));
    return null;
  }

  /** In force when it was measured and when it comes: who withdraws also withdraws what was held back. */
  #consented(siteId: string, purpose: string, measured: Instant, now: Instant): boolean {
    if (!this.#view.consented(siteId, purpose, now)) return false;
    return measured === now || this.#view.consented(siteId, purpose, measured);
  }
}

function readingOf(
  sent: Sent,
  sensor: DoorSensor,
  time: Instant,
  receivedAt: Instant,
  skewed: boolean,
): Reading {
  const reading: Reading = {
    sensorId: sensor.id,
    siteId: sensor.siteId,
    scenario: sensor.scenario,
    time,
    receivedAt,
    values: sent.values as Values,
    quality: (sent.quality as Quality | undefined) ?? "good",
  };
  if (skewed) reading.skewed = true;
  if (sent.seq !== undefined) reading.seq = sent.seq as number;
  if (sent.battery !== undefined) reading.batteryPct = sent.battery as number;
  if (sent.rssi !== undefined) reading.rssiDbm = sent.rssi as number;
  return reading;
}

/** Epoch milliseconds; a fraction (as Python's time() * 1000 has) is cut. */
const wholeMs = (time: unknown): Instant | null =>
  typeof time === "number" && Number.isFinite(time) ? Math.floor(time) : null;

/** The first field that is wrong; the values before what stands beside them. */
function fieldsFault(sent: Sent, sensor: DoorSensor, form: Form): Fault | null {
  for (const key in sent) {
    if (!KNOWN.has(key)) {
      const asks = `is no field of a reading; it has ${[...KNOWN].join(", ")}`;
      return { reason: "shape", field: key, asks };
    }
  }
  return valuesFault(sent.values, form) ?? sideFault(sent, sensor.id);
}

function valuesFault(values: unknown, form: Form): Fault | null {
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    return { reason: "shape", field: "values", value: values, asks: "send an object of fields" };
  }
  for (const key in values) {
    if (!form.fields.has(key)) {
      const asks = `is no field of this scenario; it has ${[...form.fields].join(", ")}`;
      return { reason: "values", field: `values.${key}`, asks };
    }
  }
  if (form.fits(values)) return null;
  const { field, asks } = form.fault(values);
  if (field === "") return { reason: "values", field: "values", asks };
  const value = (values as Record<string, unknown>)[field];
  return {
    reason: "values",
    field: `values.${field}`,
    asks,
    ...(value !== undefined && { value }),
  };
}

/** What stands beside the values. */
function sideFault(sent: Sent, id: string): Fault | null {
  const { seq, quality, battery, rssi, sensor } = sent;
  if (seq !== undefined && !Number.isSafeInteger(seq)) {
    return { reason: "shape", field: "seq", value: seq, asks: "send a whole number" };
  }
  if (quality !== undefined && !QUALITIES.has(quality)) {
    const asks = `send one of ${qualities.join(", ")}`;
    return { reason: "shape", field: "quality", value: quality, asks };
  }
  if (battery !== undefined && !(typeof battery === "number" && battery >= 0 && battery <= 100)) {
    return { reason: "shape", field: "battery", value: battery, asks: "send per cent, 0 to 100" };
  }
  if (rssi !== undefined && !Number.isFinite(rssi)) {
    return { reason: "shape", field: "rssi", value: rssi, asks: "send a number of dBm" };
  }
  if (sensor !== undefined && sensor !== id) {
    return { reason: "shape", field: "sensor", value: sensor, asks: `the topic names ${id}` };
  }
  return null;
}

const notInstalled = (sensor: DoorSensor): Fault => ({
  reason: "sensor-unknown",
  field: "sensor",
  asks: `is registered with scenario ${sensor.scenario}, which is not installed`,
});

const unreadable = (value: unknown): Fault => ({
  reason: "time-unreadable",
  field: "time",
  value,
  asks: 'send ISO 8601 with a zone ("2025-11-21T08:30:00+08:00") or epoch milliseconds',
});

const implausible = (value: unknown): Fault => ({
  reason: "time-implausible",
  field: "time",
  value,
  asks: "it is before 2000 or more than a day ahead; epoch times are in milliseconds",
});
