// How the things of the house stand in rows.

import type { Insertable } from "kysely";
import type { Case } from "../../cases/case.ts";
import type { Text } from "../../core/text.ts";
import type { AlertRecord } from "../../engine/alert-record.ts";
import type { EntityKind, RegisterChange } from "../../register/entities.ts";
import type { Position } from "../log.ts";
import type { Tables } from "./tables.ts";

type Put = Extract<RegisterChange, { put: EntityKind }>;

export const alertRow = (alert: AlertRecord, position: Position): Insertable<Tables["alerts"]> => ({
  id: alert.id,
  scenario: alert.scenario,
  rule: alert.rule,
  site_id: alert.siteId,
  sensor_id: alert.sensorId,
  community_id: alert.communityId,
  level: alert.level,
  phase: alert.phase,
  acked: alert.acked ? 1 : 0,
  shelved: alert.shelved ? 1 : 0,
  suppressed: alert.suppressed ? 1 : 0,
  fired_at: alert.firedAt,
  resolved_at: alert.resolvedAt,
  changed_at: alert.changedAt,
  position,
  body: JSON.stringify(alert),
});

export const isOver = (one: Case): boolean => one.state === "closed" || one.state === "voided";

export const caseRow = (one: Case, position: Position): Insertable<Tables["cases"]> => ({
  id: one.id,
  site_id: one.siteId,
  community_id: one.communityId,
  unit_id: one.unitId,
  class: one.class,
  scenario: one.scenario,
  state: one.state,
  open: isOver(one) ? 0 : 1,
  ready: one.readyToClose ? 1 : 0,
  due_at: one.dueAt,
  opened_at: one.openedAt,
  position,
  body: JSON.stringify(one),
});

export function entityRow({ put, value }: Put): Insertable<Tables["entities"]> {
  const none = { parent_id: null, sort: null, cell_id: null };
  const row = {
    kind: put,
    id: value.id,
    name: nameOf(value),
    body: JSON.stringify(value),
    ...none,
  };
  switch (put) {
    case "site":
      return { ...row, parent_id: value.parentId ?? null, sort: value.kind, cell_id: value.cellId };
    case "sensor":
      return { ...row, parent_id: value.siteId, sort: value.scenario };
    case "gateway":
    case "consent":
      return { ...row, parent_id: value.siteId };
    case "cell":
      return { ...row, parent_id: value.communityId };
    case "community":
      return { ...row, parent_id: value.streetId };
    default:
      return row;
  }
}

/** What a search by name looks in: both languages, and the id. */
function nameOf(value: { id: string; name?: Text }): string {
  return value.name ? `${value.id} ${value.name.zh} ${value.name.en}` : value.id;
}
