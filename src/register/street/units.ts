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
