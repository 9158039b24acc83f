import type { Instant } from "../core/time.ts";

type Look = { at: Instant; id: string };

/** When each case is next to be looked at: earliest first, ties by id, at most one look a case. */
export class Agenda {
  readonly #looks: Look[];
  readonly #at: Map<string, Instant>;

  constructor(looks: readonly Look[]) {
    this.#looks = [...looks].sort((a, b) => (precedes(a, b) ? -1 : 1));
    this.#at = new Map(looks.map(({ id, at }) => [id, at]));
  }

  first(): Look | undefined {
    return this.#looks[0];
  }

  /** Puts a case's look at an instant, in the place of the one it had; null: no look. */
  put(id: string, at: Instant | null): void {
    const was = this.#at.get(id);
    if (was === (at ?? undefined)) return;
    if (was !== undefined) this.#looks.splice(this.#place({ id, at: was }), 1);
    if (at === null) this.#at.delete(id);
    else {
      this.#at.set(id, at);
      this.#looks.splice(this.#place({ id, at }), 0, { id, at });
    }
  }

  /** Where a look stands, or would stand. */
  #place(look: Look): number {
    let [low, high] = [0, this.#looks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (precedes(this.#looks[middle]!, look)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const precedes = (a: Look, b: Look): boolean => a.at < b.at || (a.at === b.at && a.id < b.id);
