// What people did in a period, taken from the flow logs, so that a trial of the same past meets the
// same hands.

import type { Act } from "../app/commands.ts";
import type { Case } from "../cases/case.ts";
import type { Instant } from "../core/time.ts";
import type { AlertRecord } from "../engine/alert-record.ts";
import type { RegisterChange, Sensor } from "../register/entities.ts";
import type { Outage, Told } from "./past.ts";

/** Something that was done at an instant of the log's clock. */
export type Deed = { at: Instant; by: string } & (
  | { to: "alert"; alert: AlertRecord; act: (alertId: string) => Act }
  | { to: "case"; case: Case }
  | { to: "house"; act: Act }
);

/** The deeds of a period in their order; those of one instant as they are on record. */
export function deedsOf(past: {
  alerts: readonly Told[];
  cases: readonly Case[];
  outages: readonly Outage[];
  retired: readonly Sensor[];
}): Deed[] {
  return [
    ...past.retired.map(outOfService),
    ...past.outages.flatMap(service),
    ...past.alerts.flatMap(byHand),
    ...past.cases.flatMap((one): Deed[] =>
      one.closedAt === null ? [] : [{ at: one.closedAt, by: "on-record", to: "case", case: one }],
    ),
  ].sort((a, b) => a.at - b.at);
}

function byHand({ record, events }: Told): Deed[] {
  const shelvedUntil = record.shelved?.until ?? null;
  return events.flatMap(({ kind, at, by, note }): Deed[] => {
    const deed = (act: (alertId: string) => Act): Deed[] => [
      { at, by, to: "alert", alert: record, act },
    ];
    switch (kind) {
      case "acknowledged":
        return deed((alertId) => ({ kind: "alert.acknowledge", alertId }));
      case "reset":
        return deed((alertId) => ({ kind: "alert.reset", alertId }));
      case "shelved": {
        const until = endOfShelf(events, at) ?? shelvedUntil;
        const reason = note || "on record";
        return until === null
          ? []
          : deed((alertId) => ({ kind: "alert.shelve", alertId, until, reason }));
      }
      case "case-opened":
        return by === "brain" ? [] : deed((alertId) => ({ kind: "case.open", alertId }));
      default:
        return [];
    }
  });
}

/** The flow log does not say until when, but when it was over. */
const endOfShelf = (events: Told["events"], since: Instant): Instant | undefined =>
  events.find(({ kind, at }) => kind === "unshelved" && at > since)?.at;

function service({ scenario, from, to, reason }: Outage): Deed[] {
  const out: Deed = {
    at: from,
    by: "brain",
    to: "house",
    act: { kind: "scenario.out", scenario, reason },
  };
  if (to === null) return [out];
  return [out, { at: to, by: "brain", to: "house", act: { kind: "scenario.in", scenario } }];
}

/** A sensor that is out of service now was in service before. */
function outOfService(sensor: Sensor): Deed {
  const { since, by } = sensor.outOfService!;
  const changes: RegisterChange[] = [{ put: "sensor", value: sensor }];
  return { at: since, by, to: "house", act: { kind: "register.change", changes } };
}
