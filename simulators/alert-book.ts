import type { Grade, Instant } from "#scenario";
import { type DrillTime, reallyAt } from "./drill-time.ts";
import { Histogram } from "./histogram.ts";
import type { SeenAlert } from "./matching.ts";

/** What the brain announces of an alert, as far as it matters here. */
export type Announced = {
  id: string;
  scenario: string;
  rule: string;
  siteId: string;
  sensorId: string | null;
  level: Grade;
  firedAt: Instant;
  changedAt: Instant;
};

/**
 * Keeps what a listener hears of alerts during a run: each once, when it reached which level, and
 * how soon it was told.
 */
export class AlertBook {
  readonly #seen = new Map<string, SeenAlert & { reached: { level: Grade; at: Instant }[] }>();
  readonly #time: DrillTime;
  /**
   * From `firedAt`, turned into real time, to the first announcement; of alerts that fired after
   * the book was opened.
   */
  readonly alertMs = new Histogram();

  constructor(time: DrillTime) {
    this.#time = time;
  }

  /**
   * Takes an announcement, or a record read from the API, heard at a real instant. Repeating one
   * changes nothing.
   */
  hear(told: Announced, realNow: Instant): void {
    const { id, scenario, rule, siteId, sensorId, level, firedAt } = told;
    const known = this.#seen.get(id);
    if (!known) {
      this.#seen.set(id, {
        id,
        scenario,
        rule,
        siteId,
        sensorId,
        firedAt,
        reached: [{ level, at: firedAt }],
      });
      if (firedAt >= this.#time.simAt) this.alertMs.add(realNow - reallyAt(this.#time, firedAt));
    } else if (known.reached.at(-1)!.level !== level)
      known.reached.push({ level, at: told.changedAt });
  }

  seen(): SeenAlert[] {
    return [...this.#seen.values()];
  }
}
