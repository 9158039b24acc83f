// Bytes → readings, or the reason why not. Total: whatever comes, it returns. Refuses one by one what is bad in an array.

import { isUtf8 } from "node:buffer";
import type { Reading } from "../core/reading.ts";
import { days, type Instant } from "../core/time.ts";
import { ReadingMaker, type Stamp } from "./body.ts";
import { type Fault, structuralFault, tellFault } from "./diagnose.ts";
import type { QuarantineWriter, Reason } from "./quarantine.ts";
import { showBytes, showText } from "./show.ts";
import type { DoorSensor, DoorView } from "./view.ts";

/** A message as the broker takes it. `size` is what the payload had; of one over the limit the bytes themselves are not there. */
export type Message = {
  readonly clientId: string;
  readonly topic: string;
  readonly payload: Buffer;
  readonly size: number;
};

/** A sensor or gateway that says of itself, or of one that it speaks for, whether it is there. */
export type Link = { id: string; online: boolean };

export type DecoderParts = {
  view: DoorView;
  clock: Stamp;
  refusals: QuarantineWriter;
  /** No reading is from after this. One day ahead of the clock unless given, as it must be for a clock that readings drive. */
  latest?: () => Instant;
  /** Bytes of a payload; 256 KiB unless given. */
  maxPayload?: number;
  /** Readings in one message; 1,000 unless given. */
  maxReadings?: number;
};

const MAX_TOPIC_BYTES = 256;
const MAX_TOPIC_LEVELS = 8;
const STATUS_TOPIC = /^status\/([A-Za-z0-9_-]{1,64})$/;
const READINGS_TOPIC = /^readings\/([A-Za-z0-9_-]{1,64})(?:\/([A-Za-z0-9_-]{1,64}))?$/;

/** Who is being decoded, for refusals. */
type Sender = { message: Message; sensor: DoorSensor | null };

function topicFault(topic: string): string {
  if (Buffer.byteLength(topic) > MAX_TOPIC_BYTES)
    return `the topic is longer than ${MAX_TOPIC_BYTES} bytes`;
  if (topic.split("/").length > MAX_TOPIC_LEVELS)
    return `the topic has more than ${MAX_TOPIC_LEVELS} levels`;
  return "topics are readings/{site}/{sensor}, readings/{site} and status/{sensor}; ids have A-Z a-z 0-9 _ -";
}

/** Decodes for one door. */
export class Decoder {
  readonly #view: DoorView;
  readonly #clock: Stamp;
  readonly #refusals: QuarantineWriter;
  readonly #maker: ReadingMaker;
  readonly #maxPayload: number;
  readonly #maxReadings: number;

  constructor(parts: DecoderParts) {
    this.#view = parts.view;
    this.#clock = parts.clock;
    this.#refusals = parts.refusals;
    const latest = parts.latest ?? (() => parts.clock.now() + days(1));
    this.#maker = new ReadingMaker(parts.view, parts.clock, latest);
    this.#maxPayload = parts.maxPayload ?? 256 * 1024;
    this.#maxReadings = parts.maxReadings ?? 1_000;
  }

  /** Readings whose sensor's clock was more than two minutes ahead, since the beginning. */
  get skewed(): number {
    return this.#maker.skewed;
  }

  /** Adds the good readings of a message to `into`, refuses the others; returns the link of a status message. Never throws. */
  decode(message: Message, into: Reading[]): Link | null {
    const { topic, clientId } = message;
    const sensor = this.#view.speaksAt(topic);
    if (sensor === undefined) return this.#decodeOther(message, into);
    const sender = { message, sensor };
    if (sensor.id !== clientId && sensor.gatewayId !== clientId) {
      this.#refuse(sender, "topic-foreign", () => `${clientId} does not speak for ${sensor.id}`);
      return null;
    }
    const body = this.#parse(sender);
    if (body === undefined) return null;
    if (!Array.isArray(body)) {
      this.#reading(body, sensor, message, into);
    } else if (this.#countFits(body, sender)) {
      for (const item of body) this.#reading(item, sensor, message, into);
    }
    return null;
  }

  /** Everything but a sensor's own topic: a gateway's array, a status, a topic that is wrong. */
  #decodeOther(message: Message, into: Reading[]): Link | null {
    const { topic } = message;
    const status = STATUS_TOPIC.exec(topic)?.[1];
    if (status !== undefined) return this.#status(status, message);
    const [, site, sensor] = READINGS_TOPIC.exec(topic) ?? [];
    if (sensor !== undefined) this.#wrongSite(sensor, message);
    else if (site !== undefined) this.#gatewayArray(site, message, into);
    else this.#refuse({ message, sensor: null }, "topic-unknown", () => topicFault(topic));
    return null;
  }

  #wrongSite(id: string, message: Message): void {
    const sensor = this.#view.sensor(id);
    const sender: Sender = { message, sensor: sensor ?? null };
    if (sensor === undefined) {
      this.#refuse(sender, "sensor-unknown", () => `sensor ${id} is not in the register`);
    } else if (this.#speaksFor(message.clientId, sensor)) {
      this.#refuse(sender, "site-mismatch", () => `${id} is registered at ${sensor.siteId}`);
    } else {
      this.#refuse(sender, "topic-foreign", () => `${message.clientId} does not speak for ${id}`);
    }
  }

  #speaksFor(clientId: string, sensor: DoorSensor): boolean {
    return sensor.id === clientId || sensor.gatewayId === clientId;
  }

  #status(id: string, message: Message): Link | null {
    const sensor = this.#view.sensor(id);
    const sender: Sender = { message, sensor: sensor ?? null };
    if (id !== message.clientId) {
      if (sensor === undefined) {
        this.#refuse(sender, "sensor-unknown", () => `${id} is not in the register`);
        return null;
      }
      if (!this.#speaksFor(message.clientId, sensor)) {
        this.#refuse(sender, "topic-foreign", () => `${message.clientId} does not speak for ${id}`);
        return null;
      }
    }
    const said = message.payload.length <= 7 ? message.payload.toString("latin1") : "";
    if (said === "online") return { id, online: true };
    if (said === "offline") return { id, online: false };
    this.#refuse(sender, "shape", () => 'a status is the word "online" or "offline", nothing else');
    return null;
  }

  #gatewayArray(siteId: string, message: Message, into: Reading[]): void {
    const sender: Sender = { message, sensor: null };
    const body = this.#parse(sender);
    if (body === undefined) return;
    if (!Array.isArray(body)) {
      this.#refuse(
        sender,
        "shape",
        () => 'readings/{site} takes an array; each item names its "sensor"',
      );
    } else if (this.#countFits(body, sender)) {
      const anySite = this.#view.gatewaySite(message.clientId) === siteId;
      for (const item of body) this.#gatewayItem(item, anySite ? null : siteId, message, into);
    }
  }

  /** `siteId` is where the sensor must stand; null where the topic is the gateway's own site, which serves all its sensors. */
  #gatewayItem(item: unknown, siteId: string | null, message: Message, into: Reading[]): void {
    const id =
      typeof item === "object" && item !== null ? (item as { sensor?: unknown }).sensor : undefined;
    const sensor = typeof id === "string" ? this.#view.sensor(id) : undefined;
    const sender: Sender = { message, sensor: sensor ?? null };
    if (typeof id !== "string") {
      const fault = structuralFault(item, "item");
      const field = { reason: "shape" as const, field: "sensor", asks: "is required, as text" };
      this.#refuseFault(sender, fault ?? field);
    } else if (sensor === undefined) {
      this.#refuse(
        sender,
        "sensor-unknown",
        () => `sensor ${showText(id, 64)} is not in the register`,
      );
    } else if (!this.#speaksFor(message.clientId, sensor)) {
      this.#refuse(sender, "topic-foreign", () => `${message.clientId} does not speak for ${id}`);
    } else if (siteId !== null && sensor.siteId !== siteId) {
      this.#refuse(sender, "site-mismatch", () => `${id} is registered at ${sensor.siteId}`);
    } else {
      this.#reading(item, sensor, message, into);
    }
  }

  /** The payload's JSON; undefined (which JSON cannot say) when it has been refused. */
  #parse(sender: Sender): unknown {
    const { payload, size } = sender.message;
    if (size > this.#maxPayload) {
      const limit = this.#maxPayload;
      this.#refuse(sender, "too-large", () => `${size} bytes; at most ${limit} are allowed`);
      return undefined;
    }
    const text = payload.toString();
    if (text.includes("\uFFFD") && !isUtf8(payload)) {
      this.#refuse(sender, "not-utf8", () => "the payload is not UTF-8; encode it as UTF-8");
      return undefined;
    }
    try {
      return JSON.parse(text);
    } catch (error) {
      const said = this.#quiet(sender)
        ? ""
        : `: ${showText(String((error as Error).message), 120)}`;
      this.#refuse(sender, "not-json", () => `the payload is not JSON${said}`);
      return undefined;
    }
  }

  #countFits(items: readonly unknown[], sender: Sender): boolean {
    const most = this.#maxReadings;
    if (items.length > 0 && items.length <= most) return true;
    if (items.length === 0) this.#refuse(sender, "shape", () => "the array has no readings");
    else this.#refuse(sender, "too-many", () => `${items.length} readings; send at most ${most}`);
    return false;
  }

  #reading(body: unknown, sensor: DoorSensor, message: Message, into: Reading[]): void {
    const fault = this.#maker.make(body, sensor, into);
    if (fault !== null) this.#refuseFault({ message, sensor }, fault);
  }

  /** True when nothing that was sent may be shown: it is, or may be, about a person. */
  #quiet({ message, sensor }: Sender): boolean {
    return (
      (sensor !== null && sensor.form !== null && sensor.form.purpose !== null) ||
      this.#view.personal(message.clientId)
    );
  }

  #refuseFault(sender: Sender, fault: Fault): void {
    this.#refuse(sender, fault.reason, () => tellFault(fault, this.#quiet(sender)));
  }

  #refuse(sender: Sender, reason: Reason, detail: () => string): void {
    const { message } = sender;
    if (!this.#refusals.count(reason, message.clientId)) return;
    const hidden = reason === "sensor-unknown" || reason === "no-consent" || this.#quiet(sender);
    this.#refusals.keep({
      reason,
      at: this.#clock.now(),
      clientId: showText(message.clientId, 64),
      topic: showText(message.topic, MAX_TOPIC_BYTES),
      detail: detail(),
      excerpt: hidden ? "" : showBytes(message.payload, 200),
    });
  }
}
