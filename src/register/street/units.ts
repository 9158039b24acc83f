// Who does the work: for each role that the scenarios name, a unit for the street or one in each
// community.

import { Create } from "typebox/value";
import type { AnyRule } from "../../core/rule.ts";
import type { AnyScenario } from "../../core/scenario.ts";
import type { Text } from "../../core/text.ts";
import type { Unit } from "../entities.ts";
import type { CommunityPlan } from "./cells.ts";

/** What units of a role are called; those that are `local` are one in each community. */
const roleNames: Readonly<Record<string, { name: Text; local?: true }>> = {
  "neighbourhood-care": { name: { zh: "关爱小组", en: "neighbourhood care" }, local: true },
  police: { name: { zh: "派出所", en: "Police station" } },
  "urban-management": { name: { zh: "街道城管中队", en: "Urban management squad" } },
  "lift-maintenance": { name: { zh: "电梯维保单位", en: "Lift maintenance company" } },
  "sensor-maintenance": { name: { zh: "设备运维单位", en: "Sensor maintenance company" } },
  "water-authority": { name: { zh: "区水务所", en: "Water authority" } },
  "property-management": { name: { zh: "小区物业", en: "property management" }, local: true },
  "micro-fire-station": { name: { zh: "微型消防站", en: "micro fire station" }, local: true },
  sanitation: { name: { zh: "环卫作业单位", en: "Sanitation company" } },
  drainage: { name: { zh: "排水养护单位", en: "Drainage maintenance" } },
  "traffic-police": { name: { zh: "交警大队", en: "Traffic police" } },
  "water-supply": { name: { zh: "供水企业", en: "Water company" } },
  "gas-company": { name: { zh: "燃气企业", en: "Gas company" } },
  "health-inspection": { name: { zh: "区卫生监督所", en: "Health inspection" } },
  "environment-bureau": { name: { zh: "区生态环境局", en: "Environment bureau" } },
  "housing-authority": { name: { zh: "房屋管理部门", en: "Housing authority" } },
  "road-maintenance": { name: { zh: "道路养护单位", en: "Road maintenance" } },
  "street-lighting": { name: { zh: "路灯养护单位", en: "Street lighting" } },
  "cover-owner": { name: { zh: "井盖权属单位", en: "Owner of the manhole cover" } },
  "bike-enterprise": { name: { zh: "共享单车企业", en: "Shared-bike company" } },
};

/**
 * A unit for every role of every case that the scenarios may open, so that none is left without
 * one.
 */
export function unitsOf(
  scenarios: readonly AnyScenario[],
  communities: readonly CommunityPlan[],
): Unit[] {
  return rolesOf(scenarios).flatMap((role): Unit[] => {
    const { name, local } = roleNames[role] ?? { name: { zh: role, en: role } };
    if (!local) return [{ id: `unit-${role}`, name, roles: [role], communityIds: [] }];
    return communities.map((community) => ({
      id: `unit-${role}-${community.code.slice(-3)}`,
      name: { zh: `${community.name.zh}${name.zh}`, en: `${community.name.en}, ${name.en}` },
      roles: [role],
      communityIds: [community.id],
    }));
  });
}

function rolesOf(scenarios: readonly AnyScenario[]): string[] {
  const rules = scenarios.flatMap((scenario): AnyRule[] =>
    Object.values(scenario.rules(Create(scenario.params))),
  );
  const roles = rules.flatMap((rule) => (rule.alert.case ? [rule.alert.case.unit] : []));
  return [...new Set(roles)].sort();
}
