// One who listens to the stream. A slow reader gets the latest state in fewer frames; one who does not read costs no more than
// a bounded buffer, and is told by a reset when reading again.

import type { Instant } from "../../core/time.ts";
import type { Counts } from "../../store/records.ts";
import type { Who } from "../identity.ts";
import type { Eyes } from "../views/alert.ts";
import type { PointView } from "../views/reading.ts";
import { type Change, changeFrame, frame } from "./frame.ts";

/** The socket, as far as a reader needs it: `write` says whether it wants more now. */
export type Line = { write(chunk: Buffer): boolean; end(): void; destroy(): void };

export type ReaderOptions = {
  who: Who;
  eyes: Eyes;
  sensorId: string | null;
  line: Line;
  /** Most that is kept for it beyond what the socket took, in characters of JSON. */
  bufferSize: number;
  /** Real time. */
  now: () => Instant;
  /** It reads again after more happened than was kept: it must be begun anew. */
  onLost: () => void;
};

const MOST_POINTS = 1_000;

export class Reader {
  readonly who: Who;
  readonly eyes: Eyes;
  readonly sensorId: string | null;
  readonly #options: ReaderOptions;
  readonly #alerts = new Map<string, string>();
  readonly #cases = new Map<string, string>();
  #counts: Counts | null = null;
  #newest: Pick<Change, "position" | "time"> | null = null;
  #waiting = 0;
  #points: PointView[] = [];
  #pointsLost = false;
  #lost = false;
  #beginning = true;
  #closed = false;
  #blockedSince: Instant | null = null;
  #wake: (() => void) | null = null;

  constructor(options: ReaderOptions) {
    this.who = options.who;
    this.eyes = options.eyes;
    this.sensorId = options.sensorId;
    this.#options = options;
  }

  /** Since when the socket takes nothing, real time; null: it takes. */
  get blockedSince(): Instant | null {
    return this.#blockedSince;
  }

  /** What is kept for it now, in characters of JSON. Never more than its bound. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Sends what it must know first, each frame when the socket takes it. What changes meanwhile is kept and follows. */
  async begin(frames: AsyncIterable<Buffer>): Promise<void> {
    this.#beginning = true;
    for await (const chunk of frames) {
      if (this.#closed) return;
      this.#write(chunk);
      if (this.#blockedSince !== null)
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
    this.#beginning = false;
    this.flush();
  }

  /** Tells a change: `whole` is its frame, sent as it is to whoever keeps up. */
  change(change: Change, whole: Buffer): void {
    if (this.#lost) return;
    if (this.#open && this.#newest === null) {
      this.#write(whole);
      return;
    }
    this.#keep(this.#alerts, change.alerts);
    this.#keep(this.#cases, change.cases);
    this.#counts = change.counts ?? this.#counts;
    this.#newest = { position: change.position, time: change.time };
    if (this.#waiting <= this.#options.bufferSize) return;
    this.#drop();
    this.#lost = true;
  }

  /** Keeps readings of its sensor until the next flush; of too many the newest. */
  readings(points: readonly PointView[]): void {
    this.#points.push(...points);
    if (this.#points.length <= MOST_POINTS) return;
    this.#points = this.#points.slice(-MOST_POINTS);
    this.#pointsLost = true;
  }

  /** Sends what is small and soon out of date; left out when the socket takes nothing. */
  beat(chunk: Buffer): void {
    if (this.#blockedSince === null) this.#write(chunk);
  }

  /** Sends what waits, where the socket takes it. */
  flush(): void {
    if (!this.#open) return;
    if (this.#lost) {
      this.#lost = false;
      this.#beginning = true;
      this.#options.onLost();
      return;
    }
    if (this.#newest) this.#write(this.#gathered(this.#newest));
    if (this.#points.length > 0 && this.#open) {
      const body = { sensorId: this.sensorId, points: this.#points, gap: this.#pointsLost };
      this.#points = [];
      this.#pointsLost = false;
      this.#write(frame("readings", JSON.stringify(body)));
    }
  }

  /** The socket takes again. */
  drained(): void {
    this.#blockedSince = null;
    this.#wake?.();
    this.#wake = null;
    this.flush();
  }

  /** Says why, and hangs up. */
  end(reason: string): void {
    if (this.#blockedSince === null) this.#write(frame("end", JSON.stringify({ reason })));
    this.#options.line.end();
  }

  /** Hangs up on one who does not read. */
  destroy(): void {
    this.#options.line.destroy();
  }

  /** The socket is gone. */
  closed(): void {
    this.#closed = true;
    this.#drop();
    this.#wake?.();
  }

  get #open(): boolean {
    return this.#blockedSince === null && !this.#beginning;
  }

  #write(chunk: Buffer): void {
    if (!this.#options.line.write(chunk)) this.#blockedSince ??= this.#options.now();
  }

  #gathered(newest: Pick<Change, "position" | "time">): Buffer {
    const chunk = changeFrame({
      ...newest,
      alerts: this.#alerts,
      cases: this.#cases,
      counts: this.#counts,
    });
    this.#drop();
    return chunk;
  }

  #keep(into: Map<string, string>, items: Iterable<readonly [string, string]>): void {
    for (const [id, json] of items) {
      this.#waiting += json.length - (into.get(id)?.length ?? 0);
      into.set(id, json);
    }
  }

  #drop(): void {
    this.#alerts.clear();
    this.#cases.clear();
    this.#counts = null;
    this.#newest = null;
    this.#waiting = 0;
  }
}
