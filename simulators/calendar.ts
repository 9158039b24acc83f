import type { Duration, Instant } from "#scenario";
import { Heap } from "./heap.ts";

/** Short against the periods of sensors, and yet a page holds but a few of them. */
const PAGE: Duration = 1_000;

/**
 * Who is next among many, each with a `nextAt` of its own: pages of a second, of which only the one
 * at hand is kept in order. For a fleet of thousands far quicker than one heap of all.
 */
export class Calendar<T extends { nextAt: Instant }> {
  readonly #pages = new Map<number, T[]>();
  /** The numbers of the pages that hold anybody. */
  readonly #numbers = new Heap<{ page: number }>((a, b) => a.page < b.page);
  readonly #today: Heap<T>;
  #page = Number.NEGATIVE_INFINITY;
  #size = 0;

  /** `before` must put the earlier first. */
  constructor(before: (a: T, b: T) => boolean) {
    this.#today = new Heap(before);
  }

  get size(): number {
    return this.#size;
  }

  put(entry: T): void {
    this.#size++;
    const page = Math.floor(entry.nextAt / PAGE);
    if (page <= this.#page) {
      this.#today.push(entry);
      return;
    }
    const others = this.#pages.get(page);
    if (others) others.push(entry);
    else {
      this.#pages.set(page, [entry]);
      this.#numbers.push({ page });
    }
  }

  /** Takes out the first whose turn is before an instant; undefined: nobody's is. */
  next(at: Instant): T | undefined {
    for (let top = this.#today.top(); ; top = this.#today.top()) {
      if (top) return top.nextAt < at ? this.#taken() : undefined;
      const page = this.#numbers.top()?.page;
      if (page === undefined || page * PAGE >= at) return undefined;
      this.#numbers.pop();
      this.#page = page;
      for (const entry of this.#pages.get(page) ?? []) this.#today.push(entry);
      this.#pages.delete(page);
    }
  }

  #taken(): T | undefined {
    this.#size--;
    return this.#today.pop();
  }
}
