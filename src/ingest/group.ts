// Groups: what comes within 5 ms, or 256 messages of it, goes to disk together. One group is being written, one gathers.

import type { Reading } from "../core/reading.ts";

/** What goes to disk together: readings, other entries for the log, and the tickets to answer when it is there. */
export type Batch<T, E> = { readings: Reading[]; entries: E[]; tickets: T[] };

export type GroupOptions<T, E> = {
  /** Puts a batch on disk and answers its tickets. Never rejects: what fails is answered too. */
  write(batch: Batch<T, E>): Promise<void>;
  /** Messages that start a write at once. 256 unless given. */
  messages?: number;
  /** How long the first of a group waits for others, ms. 5 unless given. */
  waitMs?: number;
  /** Messages held at once, written or waiting; beyond it `full` is true. 16,384 unless given. */
  mostHeld?: number;
};

/** Readings that start a write at once, however few messages they came in. */
const READINGS = 2_048;
/** Looking at the clock for every message would cost more than some messages more in a group. */
const LOOK_EVERY = 32;
/** Pauses between writes are this many times as long as a write, but never longer than a group may wait. */
const PAUSES = 3;
/** Readings held for each message that may be held: arrays of readings weigh more than one. */
const READINGS_PER_MESSAGE = 8;

export class Group<T, E> {
  /** Called when there is room again, after `full` was seen to be true. */
  onRoom: () => void = () => {};
  readonly #write: (batch: Batch<T, E>) => Promise<void>;
  readonly #messages: number;
  readonly #waitMs: number;
  readonly #mostHeld: number;
  #gathering: Batch<T, E> = { readings: [], entries: [], tickets: [] };
  /** Messages and readings being written. */
  #writing = { messages: 0, readings: 0 };
  #busy: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #starting = false;
  #wasFull = false;
  #notBefore = 0;

  constructor(options: GroupOptions<T, E>) {
    this.#write = options.write;
    this.#messages = options.messages ?? 256;
    this.#waitMs = options.waitMs ?? 5;
    this.#mostHeld = options.mostHeld ?? 16_384;
  }

  /** Where the readings of the next message go. Another array for every group: do not keep it. */
  get readings(): Reading[] {
    return this.#gathering.readings;
  }

  /** True when no more messages should be read from anybody. */
  get full(): boolean {
    const messages = this.#gathering.tickets.length + this.#writing.messages;
    const readings = this.#gathering.readings.length + this.#writing.readings;
    const full = messages >= this.#mostHeld || readings >= this.#mostHeld * READINGS_PER_MESSAGE;
    if (full) this.#wasFull = true;
    return full;
  }

  /** A message has put its readings in; its ticket is held until they are on disk. */
  hold(ticket: T): void {
    const { tickets, readings } = this.#gathering;
    tickets.push(ticket);
    const over = tickets.length - this.#messages;
    if (over < 0 && readings.length < READINGS) this.#startLater();
    else if (over % LOOK_EVERY === 0 || readings.length >= READINGS) this.#startSoon();
  }

  /** Another entry for the next write. */
  add(entry: E): void {
    this.#gathering.entries.push(entry);
    this.#startLater();
  }

  /** Writes what is there without waiting for more; resolves when nothing is left. */
  async drain(): Promise<void> {
    while (this.#busy !== null || !this.#empty()) {
      if (this.#busy === null) this.#start();
      await this.#busy;
    }
  }

  #empty(): boolean {
    const { entries, tickets } = this.#gathering;
    return tickets.length === 0 && entries.length === 0;
  }

  /**
   * After the chunk that is being cut, so that a client's messages stay together; but not too soon after a write that took
   * long: on a slow disk larger groups, not more of them, so that writing takes a quarter of the time and not all of it.
   */
  #startSoon(): void {
    if (this.#starting || this.#busy !== null) return;
    if (performance.now() < this.#notBefore) {
      this.#startLater();
    } else {
      this.#starting = true;
      queueMicrotask(() => this.#start());
    }
  }

  #startLater(): void {
    if (this.#busy !== null) return;
    this.#timer ??= setTimeout(() => this.#start(), this.#waitMs);
  }

  #start(): void {
    this.#starting = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#busy !== null || this.#empty()) return;
    const batch = this.#gathering;
    this.#gathering = { readings: [], entries: [], tickets: [] };
    this.#writing = { messages: batch.tickets.length, readings: batch.readings.length };
    const startedAt = performance.now();
    this.#busy = this.#write(batch).finally(() => this.#written(startedAt));
  }

  #written(startedAt: number): void {
    this.#busy = null;
    this.#writing = { messages: 0, readings: 0 };
    const now = performance.now();
    this.#notBefore = now + Math.min(PAUSES * (now - startedAt), this.#waitMs);
    // Gathered while it was written elsewhere: that was pause enough.
    if (this.#gathering.tickets.length >= this.#messages) this.#start();
    else if (!this.#empty()) this.#startLater();
    if (this.#wasFull && !this.full) {
      this.#wasFull = false;
      this.onRoom();
    }
  }
}
