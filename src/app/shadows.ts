// Scenarios that are judged beside themselves with other parameters. A shadow hears all that its scenario hears and tells
// nobody: what it finds is on record apart, with what the live one found in the same time. Pure, like the mind that holds it.
//
// Each shadow is an engine of its own. It begins with the live memories, so that it says what the street would have said had
// the parameters been released at that instant; and what its scenario hears of is judged there as well, as it is live, so
// that all of it comes in the same order of time.

import type { Reading } from "../core/reading.ts";
import type { Json } from "../core/rule.ts";
import type { Instant } from "../core/time.ts";
import { Engine, type Meter, type Saved, type World } from "../engine/engine.ts";
import { HEALTH } from "../engine/health.ts";
import { type Outline, outlined } from "../engine/outline.ts";
import {
  memoriesOf,
  outlinesOf,
  type ShadowStand,
  type Side,
  shadowName,
} from "../engine/shadow-record.ts";
import type { SubjectRow } from "../engine/subject.ts";
import type { Transition } from "../engine/transition.ts";
import type { Loaded } from "../store/records.ts";
import type { Played } from "./mind.ts";
import type { Params } from "./params.ts";

/** What the shadows must know of the mind that holds them. */
export type Beside = {
  /** The scenarios as they are judged live. */
  played: ReadonlyMap<string, Played>;
  world: World;
  meter: Meter | null;
};

/** What a shadow begins with: the state of the live judgement at that instant. */
export type Start = {
  rows(scenarios: ReadonlySet<string>): Saved;
  /** The alerts that are not over. */
  open: readonly Outline[];
  grace: Readonly<Record<string, Instant>>;
  out: readonly string[];
};

type Shadow = {
  engine: Engine;
  /** The scenarios that are judged in it: its own, and those that it hears of. */
  judged: ReadonlySet<string>;
};

/** More outlines than this, of both sides, say no more: the shadow ends, and what it found stays. */
const MOST = 20_000;

export class Shadows {
  readonly #beside: Beside;
  readonly #running = new Map<string, Shadow>();
  /** How each stands that runs or ran. */
  #stands: Readonly<Record<string, ShadowStand>>;
  /** Outlines by the name of their row, for each shadow that runs or ran last. */
  readonly #outlines = new Map<string, Map<string, Outline>>();
  /** Names of the memories that are on record, or will be with the next commit. */
  readonly #kept = new Map<string, Set<string>>();
  /** Those that a judge did not come back from; the log will say so. */
  readonly #left = new Set<string>();
  #pending = new Map<string, string | null>();
  #standsChanged = false;

  constructor(beside: Beside, loaded: Loaded, live: Pick<Start, "grace" | "out">) {
    this.#beside = beside;
    this.#stands = (loaded.meta.shadows ?? {}) as unknown as Record<string, ShadowStand>;
    for (const [id, stand] of Object.entries(this.#stands)) {
      const begins = (prefix: string) => loaded.memories.filter(([key]) => key.startsWith(prefix));
      const told = begins(outlinesOf(id)).map(
        ([key, row]) => [key, JSON.parse(row) as Outline] as const,
      );
      this.#outlines.set(id, new Map(told));
      const rows = begins(memoriesOf(id));
      this.#kept.set(id, new Set(rows.map(([key]) => key)));
      if (stand.until !== null) continue;
      const saved = rows.map(
        ([key, row]) => [key.slice(memoriesOf(id).length), JSON.parse(row) as SubjectRow] as const,
      );
      try {
        const scenarios = this.#scenarios(id, stand.params);
        this.#running.set(id, this.#run(id, scenarios, saved, live));
      } catch (error) {
        this.#end(id, loaded.time ?? 0, String((error as Error).message));
      }
    }
  }

  /** Whether there is anything to be told here. */
  get any(): boolean {
    return this.#running.size > 0;
  }

  /** Begins a shadow; one that ran before is over, and what it found is forgotten. */
  begin(
    id: string,
    asked: Pick<ShadowStand, "params" | "changed" | "by">,
    at: Instant,
    live: Start,
  ): ShadowStand {
    const [next, ...heard] = this.#scenarios(id, asked.params);
    const scenarios = [this.#beside.played.get(id)!, ...heard];
    const rows = live.rows(new Set(scenarios.map(({ scenario }) => scenario.id)));
    // By way of text, as from the records: nothing is shared with the live engine.
    const saved = JSON.parse(JSON.stringify(rows)) as Saved;
    const shadow = this.#run(id, scenarios, saved, live);
    this.#forget(this.#kept.get(id));
    this.#forget(this.#outlines.get(id)?.keys());
    const kept = new Set<string>();
    for (const [key, row] of rows) {
      kept.add(memoriesOf(id) + key);
      this.#pending.set(memoriesOf(id) + key, JSON.stringify(row));
    }
    this.#kept.set(id, kept);
    this.#outlines.set(id, new Map());
    for (const side of ["shadow", "live"] as const)
      for (const outline of live.open) this.#note(id, side, outline);
    const stand: ShadowStand = { ...asked, since: at, until: null, ended: null, fault: null };
    this.#stand(id, stand);
    if (this.#left.has(id)) return stand;
    this.#running.set(id, shadow);
    this.each(at, (engine) => engine.adopt(next!, at), id); // as a release would
    return this.#stands[id]!;
  }

  /** Ends a shadow; what it found stays. False: none runs. */
  end(id: string, at: Instant, why: string | null): boolean {
    this.#left.delete(id);
    if (this.#stands[id]?.until !== null) return false;
    this.#end(id, at, why);
    return true;
  }

  /** Leaves a shadow alone that a judge did not come back from, until the log itself says that it is over. */
  leave(id: string): void {
    this.#left.add(id);
    this.#running.delete(id);
  }

  /** A scenario judges with other parameters live: those that only hear of it go with it. */
  adopt(next: Played, at: Instant): void {
    for (const [id, { judged }] of this.#running)
      if (id !== next.scenario.id && judged.has(next.scenario.id))
        this.each(at, (engine) => engine.adopt(next, at), id);
  }

  /** A rule of a shadow failed, or was slow. */
  fault(id: string, said: string): void {
    const stand = this.#stands[id];
    if (stand && stand.fault !== said) this.#stand(id, { ...stand, fault: said });
  }

  /** Judges a reading where it is heard. */
  take(reading: Reading): void {
    for (const [id, { judged }] of this.#running)
      if (judged.has(reading.scenario))
        this.each(reading.receivedAt, (engine) => engine.take(reading), id);
  }

  /** Lets all engines, or one, live through what the live one lives through. A shadow that fails in it ends. */
  each(at: Instant, work: (engine: Engine) => readonly Transition[] | null, only?: string): void {
    for (const [id, { engine }] of this.#running) {
      if (only !== undefined && id !== only) continue;
      try {
        for (const told of work(engine) ?? []) this.#hear(id, "shadow", told);
      } catch (error) {
        this.#end(id, at, String((error as Error).message));
        continue;
      }
      if ((this.#outlines.get(id)?.size ?? 0) > MOST) this.#end(id, at, "full");
    }
  }

  /** What the live engine told. */
  witness(told: Transition): void {
    if (this.#running.has(told.scenario)) this.#hear(told.scenario, "live", told);
  }

  /** Rows that changed since the last drain, null for those that are gone; and how all stand, where that changed. */
  drain(): { rows: (readonly [string, string | null])[]; meta: Record<string, Json> } {
    for (const [id, { engine }] of this.#running) {
      const kept = this.#kept.get(id)!;
      for (const [key, row] of engine.changed()) {
        const name = memoriesOf(id) + key;
        if (row) kept.add(name);
        else kept.delete(name);
        this.#pending.set(name, row && JSON.stringify(row));
      }
    }
    const rows = [...this.#pending];
    this.#pending = new Map();
    const meta: Record<string, Json> = this.#standsChanged
      ? { shadows: this.#stands as unknown as Json }
      : {};
    this.#standsChanged = false;
    return { rows, meta };
  }

  /** The scenario with parameters of its own, first, and those that it hears of as they are live. */
  #scenarios(id: string, params: Params): Played[] {
    const { played } = this.#beside;
    const own = played.get(id);
    if (!own) throw new Error(`scenario "${id}" is not installed`);
    return withHeard({ ...own, params }, played);
  }

  #run(
    id: string,
    scenarios: readonly Played[],
    saved: Saved,
    { grace, out }: Pick<Start, "grace" | "out">,
  ): Shadow {
    const { world, meter } = this.#beside;
    const ours = meter && named(shadowName(id), meter);
    const engine = new Engine({ scenarios, world, saved, meter: ours });
    engine.resume({ grace, out });
    return { engine, judged: new Set(scenarios.map(({ scenario }) => scenario.id)) };
  }

  #hear(id: string, side: Side, told: Transition): void {
    if (told.scenario === HEALTH) {
      // Its note names a rule, but where it is told that a scenario is out of service.
      const { note } = told.evidence;
      if (told.change !== "resolved" && note?.includes(": ")) this.fault(id, note);
      return;
    }
    if (told.scenario !== id) return;
    const before = this.#outlines.get(id)?.get(outlinesOf(id, side) + told.alert.id);
    this.#note(id, side, outlined(before, told));
  }

  #note(id: string, side: Side, outline: Outline): void {
    const name = outlinesOf(id, side) + outline.id;
    this.#outlines.get(id)!.set(name, outline);
    this.#pending.set(name, JSON.stringify(outline));
  }

  #end(id: string, at: Instant, why: string | null): void {
    this.#running.delete(id);
    this.#forget(this.#kept.get(id));
    this.#kept.delete(id);
    this.#stand(id, { ...this.#stands[id]!, until: at, ended: why });
  }

  #stand(id: string, stand: ShadowStand): void {
    this.#stands = { ...this.#stands, [id]: stand };
    this.#standsChanged = true;
  }

  #forget(names: Iterable<string> | undefined): void {
    for (const name of names ?? []) this.#pending.set(name, null);
  }
}

/** A scenario, and all that it hears of, directly or not, as they are judged live. */
function withHeard(own: Played, played: ReadonlyMap<string, Played>): Played[] {
  const found = [own];
  for (const { scenario, params } of found)
    for (const { hears = [] } of Object.values(scenario.rules(params)))
      for (const { scenario: id } of hears) {
        const heard = played.get(id);
        if (heard && found.every((one) => one.scenario.id !== id)) found.push(heard);
      }
  return found;
}

/** A meter that takes all that is asked for one shadow as the shadow's. */
const named = (name: string, meter: Meter): Meter => ({
  enter: (scenario, rule) => meter.enter(name, `${scenario}/${rule}`),
  leave: (scenario, rule) => meter.leave(name, `${scenario}/${rule}`),
});
