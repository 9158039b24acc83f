// What faults excuse: an alert that a sensor could not give in time, and one that its trouble gave.

import { type AnyScenario, type Duration, type Instant, minutes, type Rules } from "#scenario";
import { type Allowance, BLINDNESS, type Expectation, silenceRules } from "./expectations.ts";
import type { Fault, Touch } from "./faults.ts";
import type { Population } from "./population.ts";

export type Excuses = {
  /** Which fault excuses that the alert never came, or came late; undefined: none does. */
  forMissing(expectation: Expectation): Fault["kind"] | undefined;
  forLateness(expectation: Expectation): Fault["kind"] | undefined;
  /** Alerts that are the faults' own doing. */
  allowed: readonly Allowance[];
};

/** The sensor itself was mute or told something else: it may never have told what happened. */
const silencing: ReadonlySet<Fault["kind"]> = new Set([
  "stuck",
  "drift",
  "battery",
  "reboot-storm",
  "gateway-loss",
]);
/** A reading came later or not at all; the next one tells, so it excuses lateness alone. */
const hindering: ReadonlySet<Fault["kind"]> = new Set([
  ...silencing,
  "drop",
  "delay",
  "reorder",
  "skew",
]);
/** Readings are missing, so that silence may be noticed. */
const muting: ReadonlySet<Fault["kind"]> = new Set([
  "drop",
  "delay",
  "reorder",
  "battery",
  "reboot-storm",
  "gateway-loss",
]);
/** Readings say what is not so: any rule of the scenario may speak up. */
const falsifying: ReadonlySet<Fault["kind"]> = new Set([
  "stuck",
  "drift",
  "spike",
  "skew",
  "battery",
]);

/** Silence that began with a fault may still fire so long after it, while a backlog is taken. */
const LASTS: Duration = minutes(60);

/**
 * Reads the excuses off what the faults did, sensor by sensor: a fault that touched nothing that
 * matters excuses nothing, and a second copy never does.
 */
export function excusesOf(
  touches: readonly Touch[],
  population: Population,
  scenarios: readonly AnyScenario[],
  rulesOf: (scenario: AnyScenario) => Rules,
): Excuses {
  const bySensor = Map.groupBy(touches, ({ sensorId }) => sensorId);
  const among = (kinds: ReadonlySet<Fault["kind"]>, one: Expectation) =>
    subjectsOf(one, population)
      .flatMap((id) => bySensor.get(id) ?? [])
      .find(
        ({ kind, at }) => kinds.has(kind) && at.some((then) => one.from <= then && then <= one.by),
      )?.kind;
  const allowed = scenarios.flatMap((scenario) => {
    const silent = silenceRules(scenario.id, rulesOf(scenario));
    return touches.flatMap((touch) => allowancesOf(touch, scenario, silent, population));
  });
  return {
    forMissing: (one) => among(silencing, one),
    forLateness: (one) => among(hindering, one),
    allowed,
  };
}

/** The sensor that must tell, or all of the scenario that stand at the site or in it. */
function subjectsOf(one: Expectation, { sensors, register }: Population): readonly string[] {
  if (one.sensorId !== undefined) return [one.sensorId];
  const isThere = (siteId: string) =>
    siteId === one.siteId || register.ancestors(siteId).some(({ id }) => id === one.siteId);
  return sensors.flatMap(({ id, scenario, siteId }) =>
    scenario === one.scenario && isThere(siteId) ? id : [],
  );
}

function allowancesOf(
  { kind, sensorId, at }: Touch,
  scenario: AnyScenario,
  silent: readonly string[],
  { register }: Population,
): Allowance[] {
  const sensor = register.sensor(sensorId);
  if (sensor?.scenario !== scenario.id) return [];
  const place = { scenario: scenario.id, siteId: sensor.siteId };
  const times = spells(at, LASTS).map(({ from, to }) => ({ from, until: to + lasting(kind) }));
  if (falsifying.has(kind)) return times.map((time) => ({ ...place, ...time }));
  if (!muting.has(kind)) return [];
  const { siteId } = place;
  return times.flatMap((time) => [
    ...silent.map((rule) => ({ ...place, rule, ...time })),
    { ...BLINDNESS, siteId, ...time },
  ]);
}

/** What is dead stays so. */
const lasting = (kind: Fault["kind"]): Duration =>
  kind === "battery" ? Number.POSITIVE_INFINITY : LASTS;

/** Instants that are no further apart than `gap` are one spell. */
function spells(at: readonly Instant[], gap: Duration): { from: Instant; to: Instant }[] {
  const found: { from: Instant; to: Instant }[] = [];
  for (const then of at) {
    const last = found.at(-1);
    if (last && then - last.to <= gap) last.to = then;
    else found.push({ from: then, to: then });
  }
  return found;
}
