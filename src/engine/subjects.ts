import type { Instant } from "../core/time.ts";
import { Heap } from "./heap.ts";
import type { Running } from "./running.ts";
import {
  newSubject,
  nextWake,
  rowOf,
  type Subject,
  type SubjectRow,
  subjectKey,
} from "./subject.ts";

/** Rows by subject. Null: the subject is gone, and its row with it. */
export type Saved = readonly (readonly [subject: string, row: SubjectRow | null])[];

/** All subjects: found by key, woken in order of time, and saved when they have changed. */
export class Subjects {
  readonly #byKey = new Map<string, Subject>();
  readonly #waiting = new Heap<Subject>();
  #changed: Subject[] = [];

  find(scenario: string, siteId: string, sensorId: string | null): Subject | undefined {
    return this.#byKey.get(subjectKey(scenario, siteId, sensorId));
  }

  /** The subject, made if it was never heard of. */
  of(running: Running, siteId: string, sensorId: string | null): Subject {
    // What stays where it is is found without making its key: this is asked for every reading.
    const near = sensorId === null ? running.sites.get(siteId) : running.sensors.get(sensorId);
    if (near?.siteId === siteId) return near;
    const known = this.find(running.scenario.id, siteId, sensorId);
    const subject = known ?? newSubject(running, siteId, sensorId);
    if (!known) this.#byKey.set(subject.key, subject);
    if (sensorId === null) running.sites.set(siteId, subject);
    else running.sensors.set(sensorId, subject);
    return subject;
  }

  all(): Iterable<Subject> {
    return this.#byKey.values();
  }

  /** Takes out the first that wants to be looked at before `at`; `entry.at` says since when. Null: none does. */
  due(at: Instant): Subject | null {
    for (let first = this.#waiting.peek(); first && first.at < at; first = this.#waiting.peek()) {
      this.#waiting.pop();
      const wakeAt = nextWake(first.item);
      if (wakeAt === null) continue;
      if (wakeAt <= first.at) return first.item;
      this.#wait(first.item, wakeAt); // readings put it off
    }
    return null;
  }

  /** Its row goes into the next commit, and it is woken when it wants to be. */
  keep(subject: Subject): void {
    if (!subject.changed) {
      subject.changed = true;
      this.#changed.push(subject);
    }
    const wakeAt = nextWake(subject);
    // One that only moves later is put off when it comes up: nearly every reading puts off silence.
    const { entry } = subject;
    if (wakeAt !== null && (entry.slot === undefined || wakeAt < entry.at))
      this.#wait(subject, wakeAt);
  }

  /** Lets it be woken as its row says, which is saved already. */
  queue(subject: Subject): void {
    const wakeAt = nextWake(subject);
    if (wakeAt !== null) this.#wait(subject, wakeAt);
  }

  /** It is gone, and its row with it. */
  drop(subject: Subject): void {
    const { entry, running, siteId, sensorId } = subject;
    this.#waiting.remove(entry);
    this.#byKey.delete(subject.key);
    if (sensorId === null) running.sites.delete(siteId);
    else running.sensors.delete(sensorId);
    subject.gone = true;
    if (!subject.changed) this.#changed.push(subject);
    subject.changed = true;
  }

  /** The rows that changed since last asked. */
  changed(): Saved {
    const rows: [string, SubjectRow | null][] = [];
    for (const subject of this.#changed) {
      subject.changed = false;
      if (!subject.gone) rows.push([subject.key, rowOf(subject)]);
      // One that was made anew since has changed itself.
      else if (!this.#byKey.has(subject.key)) rows.push([subject.key, null]);
    }
    this.#changed = [];
    return rows;
  }

  #wait(subject: Subject, at: Instant): void {
    const { entry } = subject;
    entry.at = at;
    this.#waiting.push(entry);
  }
}
