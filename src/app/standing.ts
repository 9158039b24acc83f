// Which alerts stand for which: what the register says of gateways, sites and those below them.

import type { AnyRule } from "../core/rule.ts";
import type { AlertRecord } from "../engine/alert-record.ts";
import type { Group, Groups } from "../engine/blindness.ts";
import { BLIND, HEALTH } from "../engine/health.ts";
import type { Register } from "../register/register.ts";

type Covers = (child: AlertRecord) => boolean;

/**
 * Whose alerts an open one stands for: those that its rule names, at its site and below; or, where a gateway or a site is
 * blind, the silence of those it blinded. Null: nobody's.
 */
export function whose(
  { scenario, rule, siteId, sensorId }: AlertRecord,
  rules: ReadonlyMap<string, AnyRule>,
  register: Register,
  groups: Groups,
): Covers | null {
  const keyOf = (child: AlertRecord) => `${child.scenario}/${child.rule}`;
  if (scenario === HEALTH && rule === BLIND)
    return (child) =>
      child.sensorId !== null &&
      rules.get(keyOf(child))?.silence === true &&
      groups.of(child.sensorId).some(({ id }) => id === sensorId);
  const covered = rules.get(`${scenario}/${rule}`)?.covers;
  if (!covered) return null;
  const names = new Set(covered.map((one) => `${one.scenario}/${one.rule}`));
  const isBelow = (id: string) =>
    id === siteId || register.ancestors(id).some((above) => above.id === siteId);
  return (child) => names.has(keyOf(child)) && isBelow(child.siteId);
}

/** Those who stand behind one gateway, and those at one site, read from the register as it is. */
export function groupsOf(register: Register): Groups {
  const site = (id: string): Group => ({
    id,
    siteId: id,
    sensorIds: register.sensorsOf(id).flatMap(({ id, outOfService }) => (outOfService ? [] : id)),
  });
  const gateway = (id: string): Group | undefined => {
    const known = register.gateway(id);
    if (!known) return undefined;
    const behind = register.referrers("gateway", id).filter(({ kind }) => kind === "sensor");
    const sensorIds = behind.flatMap((one) => (register.outOfService(one.id) ? [] : one.id));
    return { id, siteId: known.siteId, sensorIds };
  };
  return {
    gateway,
    of(sensorId) {
      const sensor = register.sensor(sensorId);
      if (!sensor) return [];
      const behind = sensor.gatewayId === undefined ? undefined : gateway(sensor.gatewayId);
      return behind ? [behind, site(sensor.siteId)] : [site(sensor.siteId)];
    },
  };
}
