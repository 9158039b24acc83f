import { days, type Instant, minutes } from "../core/time.ts";
import type { Evidence } from "../engine/evidence.ts";
import type { HistoryReader } from "../store/history.ts";
import type { Comparison, Difference } from "./compare.ts";
import type { Told } from "./past.ts";

/**
 * Sets apart what is gone only because its readings are: deleted with a consent, or with their day.
 */
export async function isForgotten(
  compared: Comparison,
  told: readonly Told[],
  history: Pick<HistoryReader, "raw">,
  since: Instant,
): Promise<Comparison> {
  const differences: Difference[] = [];
  const apart = [...compared.apart];
  for (const difference of compared.differences) {
    if (difference.kind !== "gone" || (await isStored(difference.live.id))) {
      differences.push(difference);
      continue;
    }
    apart.push({ why: "readings-deleted", side: "live", alert: difference.live });
  }
  return { ...compared, differences, apart };

  async function isStored(id: string): Promise<boolean> {
    const one = told.find(({ record }) => record.id === id)!;
    const fired = one.events.find(({ kind }) => kind === "fired");
    const witnesses = (fired?.evidence as unknown as Evidence | undefined)?.witnesses;
    const [witness] = witnesses?.first ?? [];
    const sensorId = witness?.sensorId ?? one.record.sensorId;
    if (sensorId === null || sensorId === undefined) return true;
    // Who fell silent was heard before: a day is longer than anybody's silence is waited for.
    const from = witness?.at ?? Math.max(since, one.record.firedAt - days(2));
    const to = witness ? witness.at + minutes(2) : one.record.firedAt;
    return (await history.raw(sensorId, from, to, 1)).points.length > 0;
  }
}
