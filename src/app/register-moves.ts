// What a batch of register changes means for those that are judged: who leaves, who may no longer be judged. Read from the
// register as it is before the batch, but for `unconsented`, which is asked after it.

import type { Instant } from "../core/time.ts";
import type { RegisterChange, Sensor } from "../register/entities.ts";
import type { Register } from "../register/register.ts";

/** Sensors that are there and that a batch concerns, by id. */
export function sensorsTouched(
  register: Register,
  changes: readonly RegisterChange[],
): ReadonlyMap<string, Sensor> {
  const touched = new Map<string, Sensor>();
  for (const change of changes) {
    const kind = "remove" in change ? change.remove : change.put;
    const id = "remove" in change ? change.id : change.value.id;
    const sensor = kind === "sensor" ? register.sensor(id) : undefined;
    if (sensor) touched.set(id, sensor);
  }
  return touched;
}

/** Of those, the ones that a batch removes or moves to another site or scenario; and the sites that it removes. */
export function leaving(
  changes: readonly RegisterChange[],
  before: ReadonlyMap<string, Sensor>,
): { sensors: readonly Sensor[]; siteIds: readonly string[] } {
  const after = new Map<string, Sensor>();
  const siteIds: string[] = [];
  for (const change of changes)
    if ("put" in change) {
      if (change.put === "sensor") after.set(change.value.id, change.value);
    } else if (change.remove === "sensor") after.delete(change.id);
    else if (change.remove === "site") siteIds.push(change.id);
  const stays = ({ id, siteId, scenario }: Sensor) =>
    after.get(id)?.siteId === siteId && after.get(id)?.scenario === scenario;
  return { sensors: [...before.values()].filter((sensor) => !stays(sensor)), siteIds };
}

/** Where the persons live whose consents a batch concerns. */
export function consentSites(
  register: Register,
  changes: readonly RegisterChange[],
): ReadonlySet<string> {
  const sites = changes.map((change) => {
    if ("put" in change) return change.put === "consent" ? change.value.siteId : undefined;
    return change.remove === "consent" ? register.get("consent", change.id)?.siteId : undefined;
  });
  return new Set(sites.filter((id) => id !== undefined));
}

/** Sensors at these sites whose readings are about a person that does not consent to it. */
export const unconsented = (
  register: Register,
  siteIds: ReadonlySet<string>,
  at: Instant,
): readonly Sensor[] =>
  [...siteIds].flatMap((siteId) =>
    register.sensorsOf(siteId).filter(({ scenario }) => {
      const purpose = register.scenario(scenario)?.consent?.purpose;
      return purpose !== undefined && !register.consented(siteId, purpose, at);
    }),
  );
