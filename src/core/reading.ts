import type { Instant } from "./time.ts";

/** What the sender itself says of a reading. Only `good` is judged; the others leave a rule at `unknown`. */
export const qualities = ["good", "suspect", "bad"] as const;
export type Quality = (typeof qualities)[number];

/** A reading's fields: flat, by the scenario's schema. A field that was not sent is not there. */
export type Values = Readonly<Record<string, number | boolean | string>>;

/** A validated measurement, as it stands in the log. */
export type Reading = {
  sensorId: string;
  siteId: string;
  scenario: string;
  /** The sensor's own time; time of receipt where it sent none, or where its clock was ahead of ours. */
  time: Instant;
  /** The door's clock at receipt. Never goes backwards within a log. */
  receivedAt: Instant;
  values: Values;
  quality: Quality;
  /** The sensor's clock was more than two minutes ahead; `time` is then the time of receipt. */
  skewed?: true;
  seq?: number;
  batteryPct?: number;
  rssiDbm?: number;
};
