// Which parameters each scenario judges with, and who released them. A release is what a person sets over the scenario's own
// defaults; the book of a scenario's releases is kept in the records' meta, so that a restart goes on with the last.

import type { Json } from "../core/rule.ts";
import type { Instant } from "../core/time.ts";
import type { Played } from "./mind.ts";
import { laidOver, type Params } from "./params.ts";

/** One release of a scenario's parameters. */
export type Release = {
  /** 1 and up, per scenario. Alerts name it; 0 is the scenario as it comes. */
  number: number;
  /** What is set; all else is as the scenario comes. */
  set: Params;
  /** The names that it changed. */
  changed: readonly string[];
  by: string;
  approvedBy: string | null;
  at: Instant;
  /** The release that it goes back to; null: it goes back to none. */
  restores: number | null;
};

/** What a scenario judges with. */
export type InForce = { params: Params; release: number };

type Refused = { ok: false; problem: string; params: Record<string, string | number> };
export type Released = { ok: true; release: Release } | Refused;

/** Who asks for a release, and who agrees to it. */
export type Askers = { by: string; approvedBy: string | null };

/** Releases that are kept of a scenario; one can be rolled back no further. */
const KEPT = 100;

export class Releases {
  readonly #own: ReadonlyMap<string, Played>;
  readonly #fourEyes: boolean;
  #book: Readonly<Record<string, readonly Release[]>>;
  #inForce = new Map<string, InForce>();
  /** Scenario → why its last release no longer fits it; it judges as it comes. */
  readonly unfit: ReadonlyMap<string, string>;

  constructor(scenarios: readonly Played[], saved: Json | undefined, fourEyes: boolean) {
    this.#own = new Map(scenarios.map((one) => [one.scenario.id, one]));
    this.#fourEyes = fourEyes;
    this.#book = (saved ?? {}) as unknown as Record<string, readonly Release[]>;
    const unfit = new Map<string, string>();
    for (const { scenario, params } of scenarios) {
      const last = this.#book[scenario.id]?.at(-1);
      const laid = last && laidOver(scenario, params, last.set as unknown as Json);
      if (laid?.ok) this.#inForce.set(scenario.id, { params: laid.params, release: last!.number });
      else if (laid)
        unfit.set(scenario.id, `release ${last!.number}: ${laid.params.name} ${laid.params.why}`);
    }
    this.unfit = unfit;
  }

  /** As it is to be kept. */
  get book(): Readonly<Record<string, readonly Release[]>> {
    return this.#book;
  }

  /** What every scenario judges with that was ever released. */
  get released(): Readonly<Record<string, InForce>> {
    return Object.fromEntries(this.#inForce);
  }

  /** What a scenario of this house judges with. */
  of(id: string): InForce {
    return this.#inForce.get(id) ?? { params: this.#own.get(id)!.params as Params, release: 0 };
  }

  /** Lays parameters over those in force, or says why not. */
  release(id: string, given: Json, who: Askers, at: Instant): Released {
    const refusal = this.#refusal(id, who);
    if (refusal) return refusal;
    const laid = laidOver(this.#own.get(id)!.scenario, this.of(id).params, given);
    if (!laid.ok) return laid;
    const set = { ...this.#book[id]?.at(-1)?.set, ...(given as Params) };
    return this.#enter(id, { ...who, set, at, restores: null });
  }

  /** Releases what was in force before the last release, or says why not. */
  rollback(id: string, who: Askers, at: Instant): Released {
    const refusal = this.#refusal(id, who);
    if (refusal) return refusal;
    const all = this.#book[id] ?? [];
    const last = all.at(-1);
    const origin = last?.restores ?? last?.number ?? 0;
    if (origin === 0) return { ok: false, problem: "release-none-before", params: { id } };
    const before = all.findLast(({ number }) => number < origin);
    if (!before && origin > 1) return { ok: false, problem: "release-none-before", params: { id } };
    return this.#enter(id, { ...who, set: before?.set ?? {}, at, restores: before?.number ?? 0 });
  }

  #refusal(id: string, { by, approvedBy }: Askers): Refused | null {
    if (!this.#own.has(id)) return { ok: false, problem: "scenario-not-found", params: { id } };
    const second = nameOf(approvedBy ?? "");
    const isSecond = second !== "" && second !== nameOf(by) && second !== "brain";
    if (isSecond || (approvedBy === null && !this.#fourEyes)) return null;
    const params = { id, approvedBy: approvedBy ?? "" };
    return { ok: false, problem: "release-needs-second-person", params };
  }

  #enter(id: string, asked: Omit<Release, "number" | "changed">): Released {
    const { scenario, params: own } = this.#own.get(id)!;
    // What an older release set may not fit the scenario as it is now.
    const laid = laidOver(scenario, own, asked.set as unknown as Json);
    if (!laid.ok) return laid;
    const before = this.of(id).params;
    const isOther = (name: string) =>
      JSON.stringify(laid.params[name]) !== JSON.stringify(before[name]);
    const all = this.#book[id] ?? [];
    const number = (all.at(-1)?.number ?? 0) + 1;
    const changed = Object.keys(laid.params).filter(isOther).sort();
    const release: Release = { number, changed, ...asked };
    this.#book = { ...this.#book, [id]: [...all, release].slice(-KEPT) };
    this.#inForce.set(id, { params: laid.params, release: number });
    return { ok: true, release };
  }
}

/** The same person in other letters is the same person. */
const nameOf = (name: string): string => name.trim().normalize("NFKC").toLowerCase();
