// Alerts and cases as a group of readers sees them, written once for all who see alike.

import type { Case } from "../../cases/case.ts";
import type { AlertRecord } from "../../engine/alert-record.ts";
import type { Who } from "../identity.ts";
import type { Names } from "../names.ts";
import { may } from "../permissions.ts";
import type { Plugins } from "../plugins.ts";
import { alertView, type Eyes } from "../views/alert.ts";
import { caseView } from "../views/case.ts";
import type { Items } from "./frame.ts";

/** What decides how a reader sees. */
export type Sight = { eyes: Eyes; alerts: boolean; cases: boolean };

export const sightOf = (who: Who, eyes: Eyes): Sight => ({
  eyes,
  alerts: may(who.role, "alerts.read"),
  cases: may(who.role, "cases.read"),
});
export const sightKey = ({ eyes, alerts, cases }: Sight): string =>
  [eyes.language, eyes.vitals, alerts, cases].join();

export type Showing = {
  /** Id → JSON; nothing for who may not read them. */
  alerts(records: Iterable<AlertRecord>, sight: Sight): Promise<Items>;
  cases(records: Iterable<Case>, sight: Sight): Promise<Items>;
};

export function showingOf(parts: { plugins: Plugins; names: Names }): Showing {
  const written = async <T extends { id: string }>(
    records: Iterable<T>,
    view: (record: T) => Promise<unknown>,
  ): Promise<Items> => {
    const items = new Map<string, string>();
    for (const record of records) items.set(record.id, JSON.stringify(await view(record)));
    return items;
  };
  const none: Items = new Map();
  return {
    alerts: async (records, { eyes, alerts }) =>
      alerts ? written(records, (record) => alertView(record, eyes, parts)) : none,
    cases: async (records, { eyes, cases }) =>
      cases ? written(records, (record) => caseView(record, eyes, parts)) : none,
  };
}
