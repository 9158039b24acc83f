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
    const known = this.find(running.scenario.id, siteId, sensorId);
    if (known) return known;
    const subject = newSubject(running, siteId, sensorId);
    this.#byKey.set(subject.key, subject);
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
    this.#waiting.remove(subject.entry);
    this.#byKey.delete(subject.key);
    if (!subject.changed) this.#changed.push(subject);
    subject.changed = true;
  }

  /** The rows that changed since last asked. */
  changed(): Saved {
    const rows = this.#changed.flatMap((subject) => {
      subject.changed = false;
      const now = this.#byKey.get(subject.key);
      if (now && now !== subject) return []; // made anew since, and changed itself
      return [[subject.key, now ? rowOf(now) : null] as const];
    });
    this.#changed = [];
    return rows;
  }

  #wait(subject: Subject, at: Instant): void {
    const { entry } = subject;
    entry.at = at;
    this.#waiting.push(entry);
  }
}
