import type { Instant } from "#scenario";

/**
 * How a brain's clock runs: at the real instant `realAt` it showed `simAt`, and it runs `speed`
 * times as fast.
 */
export type DrillTime = { realAt: Instant; simAt: Instant; speed: number };

/** What the brain's clock shows at a real instant. */
export const simulatedAt = (time: DrillTime, real: Instant): Instant =>
  Math.floor(time.simAt + (real - time.realAt) * time.speed);

/** When, in real time, the brain's clock shows `sim`. */
export const reallyAt = (time: DrillTime, sim: Instant): Instant =>
  time.realAt + (sim - time.simAt) / time.speed;
