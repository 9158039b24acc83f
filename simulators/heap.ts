/**
 * What comes first is on top. Entries may be changed only while they are on top, and then `settle`
 * must be called.
 */
export class Heap<T> {
  readonly #entries: T[] = [];
  readonly #before: (a: T, b: T) => boolean;

  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#entries.length;
  }

  top(): T | undefined {
    return this.#entries[0];
  }

  push(entry: T): void {
    const entries = this.#entries;
    let at = entries.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(entry, entries[parent]!)) break;
      entries[at] = entries[parent]!;
      at = parent;
    }
    entries[at] = entry;
  }

  pop(): T | undefined {
    const first = this.#entries[0];
    const last = this.#entries.pop();
    if (this.#entries.length > 0) {
      this.#entries[0] = last!;
      this.settle();
    }
    return first;
  }

  /** The top entry has been changed: lets it sink to where it belongs. */
  settle(): void {
    const entries = this.#entries;
    const sinking = entries[0];
    if (sinking === undefined) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= entries.length) break;
      const right = child + 1;
      if (right < entries.length && this.#before(entries[right]!, entries[child]!)) child = right;
      if (!this.#before(entries[child]!, sinking)) break;
      entries[at] = entries[child]!;
      at = child;
    }
    entries[at] = sinking;
  }
}
