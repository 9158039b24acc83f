// One scenario before the judge's own mind, on a stored past: nothing here is read by the live
// brain, nothing is written.

import type { Act, Command } from "../app/commands.ts";
import { Mind, type Played } from "../app/mind.ts";
import type { Case } from "../cases/case.ts";
import type { Reading } from "../core/reading.ts";
import type { Json } from "../core/rule.ts";
import type { Instant } from "../core/time.ts";
import type { AlertEvent, AlertRecord } from "../engine/alert-record.ts";
import type { RegisterChange } from "../register/entities.ts";
import type { Register } from "../register/register.ts";
import type { Entry, NewEntry } from "../store/log.ts";
import type { Deed } from "./deeds.ts";

/** Hands a mind what a log would have said, and keeps what came of it. */
export class Trial {
  readonly #mind: Mind;
  readonly #alerts = new Map<string, { record: AlertRecord; events: AlertEvent[] }>();
  readonly #cases = new Map<string, Case>();

  constructor(scenarios: readonly Played[], register: readonly RegisterChange[]) {
    const nothing = { position: 0, time: null, memories: [], alerts: [], cases: [], meta: {} };
    this.#mind = new Mind({ scenarios, loaded: { ...nothing, register }, exercise: false });
  }

  get register(): Register {
    return this.#mind.register;
  }

  /** The log's time, as far as it has come. */
  get time(): Instant {
    return this.#mind.time;
  }

  /** Readings in order of receipt. */
  hear(readings: readonly Reading[]): void {
    const last = readings.at(-1);
    if (last) this.#take({ kind: "readings", time: last.receivedAt, readings });
  }

  pass(at: Instant): void {
    this.#take({ kind: "tick", time: at });
  }

  /** The brain begins to run, after a pause or for the first time. */
  begin(at: Instant, downSince: Instant | null): void {
    this.#command(at, "brain", { kind: "brain.start", downSince });
  }

  /**
   * Does what was done; to the alert or case that stands there now, which may be another one than
   * stood there then.
   */
  do(deed: Deed): void {
    const { at, by } = deed;
    if (deed.to === "house") {
      this.#command(at, by, deed.act);
      return;
    }
    this.pass(at);
    if (deed.to === "alert") {
      const id = this.#alertLike(deed.alert);
      if (id !== undefined) this.#command(at, by, deed.act(id));
      return;
    }
    const caseId = this.#caseLike(deed.case);
    if (caseId !== undefined)
      this.#command(at, by, { kind: "case.void", caseId, reason: "closed on record" });
  }

  /** Every alert that ever fired, with its flow log, and every case. */
  found(): { alerts: { record: AlertRecord; events: AlertEvent[] }[]; cases: Case[] } {
    this.#drain();
    return { alerts: [...this.#alerts.values()], cases: [...this.#cases.values()] };
  }

  #alertLike(live: AlertRecord): string | undefined {
    if (this.#mind.engine.mayReopen(live)) return live.id;
    this.#drain();
    for (const { record } of this.#alerts.values())
      if (isSameSubject(record, live) && record.phase !== "resolved") return record.id;
    return undefined;
  }

  #caseLike(live: Case): string | undefined {
    this.#drain();
    for (const one of this.#cases.values())
      if (one.siteId === live.siteId && one.class === live.class && !isOver.has(one.state))
        return one.id;
    return undefined;
  }

  #command(time: Instant, by: string, act: Act): void {
    const key = `trial/${this.#mind.position + 1}`;
    const command = { key, by, act } satisfies Command as unknown as Json;
    this.#take({ kind: "command", time, command });
  }

  #take(entry: NewEntry): void {
    const time = Math.max(entry.time, this.#mind.time);
    this.#mind.take({ ...entry, time, position: this.#mind.position + 1 } as Entry);
  }

  #drain(): void {
    const { alerts, alertEvents, cases } = this.#mind.drain();
    for (const record of alerts) {
      const known = this.#alerts.get(record.id);
      if (known) known.record = record;
      else this.#alerts.set(record.id, { record, events: [] });
    }
    for (const event of alertEvents) this.#alerts.get(event.alertId)?.events.push(event);
    for (const one of cases) this.#cases.set(one.id, one);
  }
}

const isOver: ReadonlySet<Case["state"]> = new Set(["closed", "voided"]);

type Subject = Pick<AlertRecord, "scenario" | "rule" | "siteId" | "sensorId">;

/** Whether two alerts are about the same question to the same subject. */
export const isSameSubject = (a: Subject, b: Subject): boolean =>
  a.sensorId === b.sensorId &&
  a.siteId === b.siteId &&
  a.rule === b.rule &&
  a.scenario === b.scenario;
