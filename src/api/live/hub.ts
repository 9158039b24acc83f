// The live stream: what each commit changed, gathered into a few frames a second, told to all who listen.

import type { FastifyBaseLogger } from "fastify";
import type { Case } from "../../cases/case.ts";
import { type Duration, type Instant, seconds } from "../../core/time.ts";
import type { AlertRecord } from "../../engine/alert-record.ts";
import type { Position } from "../../store/log.ts";
import type { Counts } from "../../store/records.ts";
import type { Identity, Who } from "../identity.ts";
import type { Front } from "../ports.ts";
import type { Eyes } from "../views/alert.ts";
import { livePoint } from "../views/reading.ts";
import { type Bounds, type ResetReason, resumed, snapshot } from "./begin.ts";
import { type Change, changeFrame, frame } from "./frame.ts";
import { paceOf } from "./pace.ts";
import { type Line, Reader } from "./reader.ts";
import { type Showing, type Sight, sightKey, sightOf } from "./showing.ts";

export type LiveOptions = {
  framesPerSecond: number;
  beat: Duration;
  /** Most that is kept for a reader that lags, in characters of JSON. */
  bufferSize: number;
  /** A reader whose socket takes nothing for so long is hung up on. */
  patience: Duration;
  /** Streams to one session or token. */
  streams: number;
  /** How a stream begins. */
  bounds: Bounds;
};

export const liveDefaults: LiveOptions = {
  framesPerSecond: 5,
  beat: seconds(1),
  bufferSize: 1_000_000,
  patience: seconds(30),
  streams: 5,
  bounds: { part: 200, shown: 2_000, missed: 2_000 },
};

export type Listening = {
  who: Who;
  eyes: Eyes;
  /** Position of the last frame it saw; null: it begins. */
  after: Position | null;
  /** It wants the readings of this sensor too; null: of none, or it may not see them. */
  sensorId: string | null;
  line: Line;
};

type Parts = {
  front: Front;
  identity: Identity;
  showing: Showing;
  options: LiveOptions;
  /** Real time. */
  now: () => Instant;
  log: FastifyBaseLogger;
};

type Gathered = {
  position: Position;
  time: Instant;
  alerts: Map<string, AlertRecord>;
  cases: Map<string, Case>;
};

const keyOf = ({ session, id }: Who) => session ?? id;

export class Hub {
  readonly #parts: Parts;
  readonly #readers = new Map<Reader, () => void>();
  readonly #stop: () => void;
  readonly #pace: ReturnType<typeof paceOf>;
  #gathered: Gathered | null = null;
  #due: NodeJS.Timeout | null = null;
  #telling = false;
  #beat: NodeJS.Timeout | null = null;
  #heard: { received: number; at: Instant };
  #resets = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#pace = paceOf(parts.options.framesPerSecond);
    this.#heard = { received: parts.front.health().received, at: parts.now() };
    this.#stop = parts.front.onAnnouncement((announcement) => {
      if (this.#readers.size === 0) return;
      const { position, time, alerts, cases } = announcement;
      this.#gathered ??= { position, time, alerts: new Map(), cases: new Map() };
      for (const alert of alerts) this.#gathered.alerts.set(alert.id, alert);
      for (const one of cases) this.#gathered.cases.set(one.id, one);
      this.#gathered = { ...this.#gathered, position, time };
      this.#schedule();
    });
  }

  /** How many listen. */
  get size(): number {
    return this.#readers.size;
  }

  /** How often a reader had to be begun anew because it did not keep up. */
  get resets(): number {
    return this.#resets;
  }

  /** Lets one listen; null when its session or token has as many streams as it may. */
  join({ who, eyes, after, sensorId, line }: Listening): Reader | null {
    const { front, options, now } = this.#parts;
    const others = [...this.#readers.keys()].filter((one) => keyOf(one.who) === keyOf(who));
    if (others.length >= options.streams) return null;
    const parts = { ...this.#parts, sight: sightOf(who, eyes), bounds: options.bounds };
    const onLost = () => {
      this.#resets++;
      this.#begin(reader, snapshot(parts, "overflow" satisfies ResetReason));
    };
    const { bufferSize } = options;
    const reader = new Reader({ who, eyes, sensorId, line, bufferSize, now, onLost });
    const stop =
      sensorId === null
        ? () => {}
        : front.onReadings(sensorId, (readings) => {
            reader.readings(readings.map(livePoint));
            this.#schedule();
          });
    this.#readers.set(reader, stop); // before it begins, so that nothing falls between
    this.#beat ??= setInterval(() => this.#beatAll(), options.beat);
    reader.beat(this.#beatFrame());
    this.#begin(reader, after === null ? snapshot(parts, null) : resumed(parts, after));
    return reader;
  }

  leave(reader: Reader): void {
    this.#readers.get(reader)?.();
    this.#readers.delete(reader);
    reader.closed();
    if (this.#readers.size > 0 || this.#beat === null) return;
    clearInterval(this.#beat);
    this.#beat = null;
  }

  /** Hangs up on those who are not let in any more. */
  async check(): Promise<void> {
    for (const reader of [...this.#readers.keys()])
      if (!(await this.#parts.identity.stillIn(reader.who))) reader.end("signed-out");
  }

  close(): void {
    this.#stop();
    if (this.#due) clearTimeout(this.#due);
    for (const reader of [...this.#readers.keys()]) {
      reader.end("closing");
      this.leave(reader);
    }
  }

  #begin(reader: Reader, frames: AsyncIterable<Buffer>): void {
    reader.begin(frames).catch((error: unknown) => {
      this.#parts.log.error({ err: error }, "a live stream could not begin");
      reader.end("error");
    });
  }

  #schedule(): void {
    if (this.#due !== null || this.#telling) return;
    this.#due = setTimeout(() => this.#tick(), this.#pace.wait(this.#parts.now()));
  }

  #tick(): void {
    this.#due = null;
    this.#pace.take(this.#parts.now());
    for (const reader of this.#readers.keys()) reader.flush();
    const gathered = this.#gathered;
    this.#gathered = null;
    if (gathered === null) return;
    this.#telling = true;
    this.#tell(gathered)
      .catch((error: unknown) => {
        this.#parts.log.error({ err: error }, "a live frame could not be told; streams begin anew");
        for (const reader of this.#readers.keys()) reader.end("error");
      })
      .finally(() => {
        this.#telling = false;
        if (this.#gathered !== null) this.#schedule();
      });
  }

  async #tell({ position, time, alerts, cases }: Gathered): Promise<void> {
    const { showing } = this.#parts;
    const counts = await this.#counts();
    const shared = new Map<string, { change: Change; whole: Buffer }>();
    const written = async (sight: Sight) => {
      const change = {
        position,
        time,
        counts,
        alerts: await showing.alerts(alerts.values(), sight),
        cases: await showing.cases(cases.values(), sight),
      };
      return { change, whole: changeFrame(change) };
    };
    for (const reader of [...this.#readers.keys()]) {
      const sight = sightOf(reader.who, reader.eyes);
      const key = sightKey(sight);
      const { change, whole } = shared.get(key) ?? (await written(sight));
      shared.set(key, { change, whole });
      if (this.#readers.has(reader)) reader.change(change, whole);
    }
  }

  /** A list that can't be counted now is told without counts; the next frame counts again. */
  async #counts(): Promise<Counts | null> {
    const { front, log } = this.#parts;
    try {
      return await front.records.counts(front.health().now);
    } catch (error) {
      log.warn({ err: error }, "counts are left out of a live frame");
      return null;
    }
  }

  #beatAll(): void {
    const { now, options, log } = this.#parts;
    const chunk = this.#beatFrame();
    for (const reader of [...this.#readers.keys()]) {
      const since = reader.blockedSince;
      if (since !== null && now() - since >= options.patience) reader.destroy();
      else reader.beat(chunk);
    }
    this.check().catch((error: unknown) => log.error({ err: error }, "sessions not checked"));
  }

  #beatFrame(): Buffer {
    const { front, now } = this.#parts;
    const health = front.health();
    if (health.received !== this.#heard.received)
      this.#heard = { received: health.received, at: now() };
    const body = {
      now: now(),
      time: health.now,
      mode: health.mode,
      speed: health.speed,
      judgeBehindMs: health.judgeBehindMs,
      /** Real time since the last reading came in; null: none has since the start. */
      dataAgeMs: health.received === 0 ? null : now() - this.#heard.at,
    };
    return frame("beat", JSON.stringify(body));
  }
}
