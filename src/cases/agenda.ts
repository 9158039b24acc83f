import type { Instant } from "../core/time.ts";

type Look = { at: Instant; id: string };

/** When each case is next to be looked at: earliest first, ties by id, at most one look a case. */
export class Agenda {
  /** A heap. A look that was moved stays in it until it comes up, and is passed over then. */
  readonly #looks: Look[] = [];
  readonly #at = new Map<string, Instant>();

  first(): Look | undefined {
    for (let top = this.#looks[0]; top; top = this.#looks[0]) {
      if (this.#at.get(top.id) === top.at) return top;
      this.#dropFirst();
    }
    return undefined;
  }

  /** Puts a case's look at an instant, in the place of the one it had; null: no look. */
  put(id: string, at: Instant | null): void {
    if (at === null) {
      this.#at.delete(id);
      return;
    }
    if (this.#at.get(id) === at) return;
    this.#at.set(id, at);
    const look = { at, id };
    const looks = this.#looks;
    let i = looks.push(look) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!precedes(look, looks[parent]!)) break;
      looks[i] = looks[parent]!;
      i = parent;
    }
    looks[i] = look;
  }

  #dropFirst(): void {
    const looks = this.#looks;
    const last = looks.pop();
    if (!last || looks.length === 0) return;
    let i = 0;
    for (let child = 1; child < looks.length; child = 2 * i + 1) {
      if (child + 1 < looks.length && precedes(looks[child + 1]!, looks[child]!)) child++;
      if (!precedes(looks[child]!, last)) break;
      looks[i] = looks[child]!;
      i = child;
    }
    looks[i] = last;
  }
}

const precedes = (a: Look, b: Look): boolean => a.at < b.at || (a.at === b.at && a.id < b.id);
