import { type Duration, type Instant, seconds } from "#scenario";
import type { Reading } from "./schema.ts";

/**
 * Who is in the car, as far as it can be known. `since`: from when nobody could get in or out;
 * null: they can. `agreed`: two readings running have said the same since then.
 */
export type Cabin = {
  inside: boolean | null;
  since: Instant | null;
  agreed: boolean;
  moving: boolean;
  heardAt: Instant;
};

/** A heartbeat was missed; the doors may have opened and shut again unseen. */
const MISSED_AFTER: Duration = seconds(90);

/**
 * Passenger sensing flickers, and nobody appears or vanishes behind shut doors. What the sensor
 * says is believed while the doors are open, and after that until it has said the same twice and
 * `settle` has passed; then not again before the car starts, stops at a landing, or opens its
 * doors.
 */
export function look(before: Cabin | null, reading: Reading, settle: Duration, at: Instant): Cabin {
  const { carMoving: moving, doorOpen, doorZone } = reading;
  const inside = reading.passengerPresent ?? before?.inside ?? null;
  const now: Cabin = { inside, since: doorOpen ? null : at, agreed: false, moving, heardAt: at };
  if (doorOpen || before === null || before.since === null) return now;
  const passed = before.moving !== moving && (moving || doorZone);
  if (passed || at - before.heardAt > MISSED_AFTER) return now;
  const { since } = before;
  if (before.agreed && at - since > settle) return { ...before, moving, heardAt: at };
  return { ...now, since, agreed: inside === before.inside };
}
