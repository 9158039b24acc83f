// What the sensors of a recovery run say: healthy readings, and lifts that get into known trouble
// at known instants, so that it is known which alerts there must be.

import type { Values } from "../../../src/core/reading.ts";
import { type Instant, seconds } from "../../../src/core/time.ts";
import type { Sensor } from "../../../src/register/entities.ts";
import { healthy, type Street } from "../street.ts";

/** One kind of trouble, and the alert that must come of it. */
type Trouble = {
  rule: string;
  /** What a lift reads so long after its trouble began. */
  reads(sinceMs: number, ratedMPerS: number): Values;
  /** The alert is there when the log has gone so far beyond the first reading. */
  after: number;
  /** And has this level when it has gone so far. */
  grows?: { level: string; after: number };
};

const calm = {
  serviceMode: 1,
  carMoving: false,
  doorZone: true,
  doorOpen: false,
  passengerPresent: false,
  faultCode: "00",
  alarmCode: "00",
  speedMPerS: 0,
} as const;

/** Beyond a hold, for the wake to come. */
const SLACK = seconds(3);

const troubles: readonly Trouble[] = [
  {
    // Fires at the reading itself, and ends when the doors have opened.
    rule: "alarmButton",
    reads: (since) => {
      if (since < 1_500) return { ...calm, alarmCode: "90" };
      return { ...calm, doorOpen: since < 10_000 };
    },
    after: SLACK,
  },
  {
    // Grows to red by a hold of a minute, over many kills.
    rule: "alarmButton",
    reads: () => ({ ...calm, alarmCode: "90" }),
    after: SLACK,
    grows: { level: "red", after: seconds(60) + SLACK },
  },
  {
    // A hold of half a second, that a kill cuts into.
    rule: "overspeed",
    reads: (since, rated) =>
      since < 1_000
        ? {
            ...calm,
            carMoving: true,
            doorZone: false,
            speedMPerS: Number((1.5 * rated).toFixed(2)),
          }
        : calm,
    after: seconds(1) + SLACK,
  },
  {
    // Fires only after a hold of a minute.
    rule: "safetyChain",
    reads: () => ({ ...calm, faultCode: "01" }),
    after: seconds(60) + SLACK,
  },
];

/** An alert that must be on record by `dueAt`, with `level` where it must have grown. */
export type Expected = { id: string; dueAt: Instant; level?: string };

type Staged = { trouble: Trouble; from: Instant; beganAt: Instant | null; sensor: Sensor };

const SCENARIO = "elevator-safety";
const VARIETY = 8;

export class Story {
  readonly #street: Street;
  readonly #said = new Map<string, { readings: readonly Values[]; turn: number }>();
  readonly #staged = new Map<string, Staged>();
  readonly #idle: Sensor[];
  #turn = 0;

  constructor(street: Street) {
    this.#street = street;
    this.#idle = street.heard.filter(({ scenario }) => scenario === SCENARIO);
  }

  /** Lets so many more lifts get into trouble within a second from now, each kind in turn. */
  stage(count: number, now: Instant): void {
    for (let left = count; left > 0; left--) {
      const sensor = this.#idle.pop();
      if (!sensor) return;
      const trouble = troubles[this.#turn++ % troubles.length]!;
      const from = now + Math.floor(Math.random() * 1_000);
      this.#staged.set(sensor.id, { trouble, from, beganAt: null, sensor });
    }
  }

  /** What a sensor reads at an instant; its first troubled reading begins its trouble. */
  read(sensor: Sensor, at: Instant): Values {
    const staged = this.#staged.get(sensor.id);
    if (!staged || at < staged.from) return this.#healthy(sensor);
    staged.beganAt ??= at;
    const facts = this.#street.population.register.facts(SCENARIO, sensor.siteId);
    const { ratedSpeedMPerS } = facts as { ratedSpeedMPerS: number };
    return staged.trouble.reads(at - staged.beganAt, ratedSpeedMPerS);
  }

  /** Alerts of all troubles that have begun. */
  expected(): Expected[] {
    return [...this.#staged.values()].flatMap(({ trouble, beganAt, sensor }) => {
      if (beganAt === null) return [];
      const { rule, after, grows } = trouble;
      const id = [SCENARIO, rule, sensor.siteId, sensor.id, beganAt.toString(36)].join("~");
      const grown = grows && { id, dueAt: beganAt + grows.after, level: grows.level };
      return [{ id, dueAt: beganAt + after }, ...(grown ? [grown] : [])];
    });
  }

  #healthy(sensor: Sensor): Values {
    if (sensor.scenario === SCENARIO) return calm;
    let own = this.#said.get(sensor.id);
    if (!own) {
      own = { readings: healthy(this.#street, sensor, VARIETY), turn: 0 };
      this.#said.set(sensor.id, own);
    }
    return own.readings[own.turn++ % own.readings.length]!;
  }
}
