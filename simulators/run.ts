// One run over MQTT, from the first connection to the last goodbye.

import { type DrillTime, simulatedAt } from "./drill-time.ts";
import { type Driven, drive, type Tally } from "./drive.ts";
import { type Links, type LinksOptions, openLinks } from "./links.ts";
import { type Plan, type PlanOptions, planRun } from "./plan.ts";

export type RunOptions = Omit<PlanOptions, "startAt" | "speed"> &
  Pick<LinksOptions, "url" | "secretOf" | "client" | "patienceMs"> & {
    /**
     * The brain's clock; asked once all are connected, so that connecting costs no simulated time.
     */
    clock(): Promise<DrillTime>;
    /** Real milliseconds to drive; default: until aborted. */
    forMs?: number;
    signal?: AbortSignal;
    onConnecting?(up: number, of: number): void;
    /**
     * Everybody is connected and the run begins: for whoever listens to alerts or tells what is
     * staged.
     */
    onStart?(started: { plan: Plan; time: DrillTime; links: Links }): void;
    onProgress?(tally: Readonly<Tally>): void;
  };

export type Ran = { plan: Plan; time: DrillTime; driven: Driven };

/**
 * Connects the fleet, drives it on the brain's clock, waits for the last acknowledgements, and says
 * goodbye, also when it fails. Throws a Complaint where what is asked for cannot be.
 */
export async function runFleet(options: RunOptions): Promise<Ran> {
  const { onConnecting, onStart, onProgress, forMs, signal, clock, ...rest } = options;
  const planNow = async () => {
    const time = await clock();
    const startAt = simulatedAt(time, Date.now());
    return { time, plan: planRun({ ...rest, startAt, speed: time.speed }) };
  };
  await planNow(); // what cannot be planned is told before anybody connects
  const links = await openLinks({
    ...rest,
    ...(signal && { signal }),
    ...(onConnecting && { onProgress: onConnecting }),
  });
  try {
    const { time, plan } = await planNow();
    onStart?.({ plan, time, links });
    const driven = await drive({
      source: plan.source,
      losses: plan.losses,
      links,
      time,
      ...(forMs !== undefined && { forMs }),
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
    return { plan, time, driven };
  } finally {
    await links.close();
  }
}
