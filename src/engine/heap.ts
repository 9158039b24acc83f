import type { Instant } from "../core/time.ts";

/** Something that waits. `slot` is the heap's own: where it stands there; none while it does not wait. */
export type Entry<T> = {
  at: Instant;
  readonly key: string;
  readonly item: T;
  slot?: number | undefined;
};

/**
 * Earliest first. Ties break on the key, so a restored engine wakes in the same order as one that never stopped.
 * An entry that is pushed again moves to its new instant, so one item never waits twice.
 */
export class Heap<T> {
  readonly #entries: Entry<T>[] = [];

  get size(): number {
    return this.#entries.length;
  }

  peek(): Entry<T> | undefined {
    return this.#entries[0];
  }

  /** Lets an entry wait until `entry.at`. One that waits already may have come forward, but not gone back. */
  push(entry: Entry<T>): void {
    this.#rise(entry, entry.slot ?? this.#entries.length);
  }

  pop(): Entry<T> | undefined {
    const top = this.#entries[0];
    if (top) this.remove(top);
    return top;
  }

  /** Takes an entry out, wherever it stands. One that does not wait stays as it is. */
  remove(entry: Entry<T>): void {
    const slot = entry.slot;
    if (slot === undefined) return;
    entry.slot = undefined;
    const last = this.#entries.pop()!;
    if (last === entry) return;
    const parent = this.#entries[(slot - 1) >> 1];
    if (slot > 0 && before(last, parent!)) this.#rise(last, slot);
    else this.#sink(last, slot);
  }

  /** Puts an entry where it belongs, at `slot` or above. */
  #rise(entry: Entry<T>, slot: number): void {
    const heap = this.#entries;
    let i = slot;
    while (i > 0) {
      const parent = heap[(i - 1) >> 1]!;
      if (!before(entry, parent)) break;
      heap[i] = parent;
      parent.slot = i;
      i = (i - 1) >> 1;
    }
    heap[i] = entry;
    entry.slot = i;
  }

  /** Puts an entry where it belongs, at `slot` or below. */
  #sink(entry: Entry<T>, slot: number): void {
    const heap = this.#entries;
    let i = slot;
    for (let child = 2 * i + 1; child < heap.length; child = 2 * i + 1) {
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      const next = heap[child]!;
      if (!before(next, entry)) break;
      heap[i] = next;
      next.slot = i;
      i = child;
    }
    heap[i] = entry;
    entry.slot = i;
  }
}

const before = (a: Entry<unknown>, b: Entry<unknown>): boolean =>
  a.at < b.at || (a.at === b.at && a.key < b.key);
