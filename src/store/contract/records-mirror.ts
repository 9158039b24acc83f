// What the records must say after some commits, reckoned from arrays in memory.

import type { Case } from "../../cases/case.ts";
import { minutes } from "../../core/time.ts";
import type { AlertRecord } from "../../engine/alert-record.ts";
import type { Entities } from "../../register/entities.ts";
import type {
  AlertFilter,
  CaseFilter,
  Counts,
  RecordsReader,
  SensorFilter,
  SiteFilter,
} from "../records.ts";
import type { Changes } from "./records-model.ts";

type At<T> = { position: number; value: T };
type Table<T> = Map<string, At<T>>;

const isSo = <T>(asked: T | undefined, is: T | null | undefined) =>
  asked === undefined || asked === is;
const below = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const isClosed = ({ state }: Case) => state === "closed" || state === "voided";

function isInState({ phase, acked, ...alert }: AlertRecord, state: AlertFilter["state"]): boolean {
  const open = phase !== "resolved";
  switch (state) {
    case undefined:
      return true;
    case "open":
      return open;
    case "active":
      return phase === "firing" || phase === "clearing";
    case "unacknowledged":
      return open && acked === null;
    case "shelved":
    case "suppressed":
      return open && alert[state] !== null;
    default:
      return phase === state;
  }
}

/** Takes the same commits as the records, and answers the same questions without pages. */
export class Mirror {
  readonly #alerts: Table<AlertRecord> = new Map();
  readonly #cases: Table<Case> = new Map();
  readonly #sites = new Map<string, Entities["site"]>();
  readonly #sensors = new Map<string, Entities["sensor"]>();
  readonly #cells = new Map<string, Entities["cell"]>();

  commit(position: number, { alerts, cases, register }: Changes): void {
    for (const value of alerts) this.#alerts.set(value.id, { position, value });
    for (const value of cases) this.#cases.set(value.id, { position, value });
    for (const change of register) {
      if ("remove" in change)
        (change.remove === "site" ? this.#sites : this.#sensors).delete(change.id);
      else if (change.put === "site") this.#sites.set(change.value.id, change.value);
      else if (change.put === "sensor") this.#sensors.set(change.value.id, change.value);
      else if (change.put === "cell") this.#cells.set(change.value.id, change.value);
    }
  }

  alerts(filter: AlertFilter): AlertRecord[] {
    const all = [...this.#alerts.values()].map(({ value }) => value);
    return all
      .filter(
        (alert) =>
          isSo(filter.scenario, alert.scenario) &&
          isSo(filter.rule, alert.rule) &&
          isSo(filter.siteId, alert.siteId) &&
          isSo(filter.sensorId, alert.sensorId) &&
          isSo(filter.communityId, alert.communityId) &&
          isSo<string>(filter.level, alert.level) &&
          alert.firedAt >= (filter.from ?? Number.NEGATIVE_INFINITY) &&
          alert.firedAt < (filter.to ?? Number.POSITIVE_INFINITY) &&
          isInState(alert, filter.state),
      )
      .sort((a, b) => b.firedAt - a.firedAt || below(b.id, a.id));
  }

  cases(filter: CaseFilter): Case[] {
    const all = [...this.#cases.values()].map(({ value }) => value);
    return all
      .filter(
        (one) =>
          isSo(filter.siteId, one.siteId) &&
          isSo(filter.communityId, one.communityId) &&
          isSo(filter.unitId, one.unitId) &&
          isSo(filter.class, one.class) &&
          isSo(filter.scenario, one.scenario) &&
          isSo<string>(filter.state, one.state) &&
          isSo(filter.open, !isClosed(one)) &&
          isSo(filter.readyToClose, one.readyToClose),
      )
      .sort((a, b) => b.openedAt - a.openedAt || below(b.id, a.id));
  }

  sites(filter: SiteFilter): Entities["site"][] {
    return [...this.#sites.values()]
      .filter(
        (site) =>
          isSo(filter.kind, site.kind) &&
          isSo(filter.parentId, site.parentId) &&
          isSo(filter.communityId, this.#cells.get(site.cellId)?.communityId) &&
          isNamed(filter.query, site.id, site.name.zh, site.name.en),
      )
      .sort((a, b) => below(a.id, b.id));
  }

  sensors(filter: SensorFilter): Entities["sensor"][] {
    const communityOf = ({ siteId }: Entities["sensor"]) =>
      this.#cells.get(this.#sites.get(siteId)?.cellId ?? "")?.communityId;
    return [...this.#sensors.values()]
      .filter(
        (sensor) =>
          isSo(filter.scenario, sensor.scenario) &&
          isSo(filter.siteId, sensor.siteId) &&
          isSo(filter.communityId, communityOf(sensor)) &&
          isNamed(filter.query, sensor.id),
      )
      .sort((a, b) => below(a.id, b.id));
  }

  counts(now: number): Counts {
    const alerts = this.alerts({ limit: 0 });
    const open = alerts.filter(({ phase }) => phase !== "resolved");
    const cases = this.cases({ limit: 0 });
    const openCases = cases.filter((one) => !isClosed(one));
    const byLevel: Record<string, number> = {};
    for (const { level } of open) byLevel[level] = (byLevel[level] ?? 0) + 1;
    const inHand = ["filed", "dispatched", "accepted"];
    return {
      sensors: this.#sensors.size,
      sites: this.#sites.size,
      alerts: {
        open: open.length,
        unacknowledged: open.filter(({ acked }) => acked === null).length,
        shelved: open.filter(({ shelved }) => shelved !== null).length,
        suppressed: open.filter(({ suppressed }) => suppressed !== null).length,
        byLevel,
        lastTenMinutes: alerts.filter(({ firedAt }) => firedAt > now - minutes(10)).length,
      },
      cases: {
        open: openCases.length,
        overdue: openCases.filter(
          ({ dueAt, state }) => dueAt !== null && dueAt < now && inHand.includes(state),
        ).length,
        readyToClose: openCases.filter(({ readyToClose }) => readyToClose).length,
        closed: cases.length - openCases.length,
      },
    };
  }

  changedSince(
    position: number,
    limit: number,
  ): Awaited<ReturnType<RecordsReader["changedSince"]>> {
    const [alerts, cases] = [since(this.#alerts, position), since(this.#cases, position)];
    return alerts.length + cases.length > limit ? null : { alerts, cases };
  }
}

/** Whether one of its names holds the words, capitals or not. */
const isNamed = (query: string | undefined, ...names: string[]): boolean =>
  query === undefined || names.join(" ").toLowerCase().includes(query.toLowerCase());

const since = <T extends { id: string }>(table: Table<T>, after: number): T[] =>
  [...table.values()]
    .filter(({ position }) => position > after)
    .sort((a, b) => a.position - b.position || below(a.value.id, b.value.id))
    .map(({ value }) => value);
