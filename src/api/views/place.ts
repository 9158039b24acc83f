// Sensors, sites and units as the API tells them. Secrets and their hashes never leave the register.

import Type, { type Static } from "typebox";
import type { Json } from "../../core/rule.ts";
import type { Sensor, Site, Unit } from "../../register/entities.ts";
import type { Names } from "../names.ts";
import type { Plugins } from "../plugins.ts";
import type { Eyes } from "./alert.ts";
import { At, Masked, Nullable, PointSchema } from "./common.ts";

export const SensorSchema = Type.Object({
  id: Type.String(),
  siteId: Type.String(),
  siteName: Type.String(),
  scenario: Type.String(),
  scenarioName: Type.String(),
  gatewayId: Nullable(Type.String()),
  at: Nullable(PointSchema),
  model: Nullable(Type.String()),
  outOfService: Nullable(Type.Object({ by: Type.String(), since: At, reason: Type.String() })),
});
export type SensorView = Static<typeof SensorSchema>;

export const SiteSchema = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  name: Type.String(),
  parentId: Nullable(Type.String()),
  cellId: Type.String(),
  at: Nullable(PointSchema),
  facts: Type.Record(Type.String(), Type.Unsafe<Json>({}), {
    description: "Scenario → what it wants to know of the site",
  }),
  masked: Masked,
});
export type SiteView = Static<typeof SiteSchema>;

export const UnitSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  roles: Type.Array(Type.String()),
  communityIds: Type.Array(Type.String(), { description: "Where it works; none: everywhere" }),
});

export async function sensorView(
  sensor: Sensor,
  { language }: Eyes,
  { plugins, names }: { plugins: Plugins; names: Names },
): Promise<SensorView> {
  return {
    id: sensor.id,
    siteId: sensor.siteId,
    siteName: await names.site(sensor.siteId, language),
    scenario: sensor.scenario,
    scenarioName: plugins.get(sensor.scenario)?.scenario.name[language] ?? sensor.scenario,
    gatewayId: sensor.gatewayId ?? null,
    at: sensor.at ?? null,
    model: sensor.model ?? null,
    outOfService: sensor.outOfService ?? null,
  };
}

/** Facts that a scenario on persons keeps of a site are as guarded as its readings. */
export function siteView(site: Site, { language, vitals }: Eyes, plugins: Plugins): SiteView {
  const facts = Object.entries(site.facts);
  const seen = facts.filter(([scenario]) => vitals || !plugins.personal(scenario));
  return {
    id: site.id,
    kind: site.kind,
    name: site.name[language],
    parentId: site.parentId ?? null,
    cellId: site.cellId,
    at: site.at ?? null,
    facts: Object.fromEntries(seen),
    ...(seen.length < facts.length ? { masked: true as const } : {}),
  };
}

export const unitView = (unit: Unit, { language }: Eyes): Static<typeof UnitSchema> => ({
  id: unit.id,
  name: unit.name[language],
  roles: [...unit.roles],
  communityIds: [...unit.communityIds],
});
