// Compares the alerts that came with those that had to come.

import { type Grade, type Instant, severity } from "#scenario";
import type { Excuses } from "./excuses.ts";
import type { Allowance, Expectation, Outlook } from "./expectations.ts";
import type { Fault } from "./faults.ts";
import type { Population } from "./population.ts";

/** An alert as the brain tells it; its own record has more. */
export type SeenAlert = {
  id: string;
  scenario: string;
  rule: string;
  siteId: string;
  sensorId: string | null;
  firedAt: Instant;
  /** The levels it has reached, and when; the first is the one it fired with. Never empty. */
  reached: readonly { level: Grade; at: Instant }[];
};

export type Met = { expectation: Expectation; alert: SeenAlert };

export type Excused = { expectation: Expectation; alert?: SeenAlert; fault: Fault["kind"] };

export type Comparison = {
  /** Came, and in time. */
  met: readonly Met[];
  /** Came after its time. */
  late: readonly Met[];
  /** Never came, though its time was over. */
  missed: readonly Expectation[];
  /** Never came, or came late, and a fault that was laid over its sensors is why. */
  excused: readonly Excused[];
  /** Neither came nor had to, because the run ended first: not counted as expected. */
  notYetDue: readonly Expectation[];
  /** Came besides, and an incident or a fault explains it. */
  knockOn: readonly SeenAlert[];
  /** Nothing that was staged explains it. */
  unexplained: readonly SeenAlert[];
};

export type ComparisonOptions = {
  outlook: Outlook;
  seen: readonly SeenAlert[];
  population: Population;
  /** Default: nothing is excused. */
  excuses?: Excuses;
  /** The run's first and last simulated instant; alerts that fired before are somebody else's. */
  from: Instant;
  until: Instant;
};

/**
 * An expectation is met by the first alert of its very rule and subject that fired after its
 * incident began. Every other alert needs an allowance that covers its scenario, rule, time, and
 * its site or one that lies around or in it; what has neither is unexplained, and counts as false.
 * Of what fires after the run only the expected counts.
 * What a fault excuses is neither missed nor late.
 */
export function compare(options: ComparisonOptions): Comparison {
  const { outlook, seen, excuses, from, until } = options;
  const bySubject = Map.groupBy(
    seen.filter(({ firedAt }) => firedAt >= from).sort((a, b) => a.firedAt - b.firedAt),
    subjectOf,
  );
  const taken = new Set<SeenAlert>();
  const met: Met[] = [];
  const late: Met[] = [];
  const missed: Expectation[] = [];
  const notYetDue: Expectation[] = [];
  const excused: Excused[] = [];
  for (const expectation of outlook.expected) {
    const alert = bySubject
      .get(subjectOf(expectation))
      ?.find((one) => (metAt(expectation, one) ?? Number.POSITIVE_INFINITY) <= expectation.until);
    if (alert) {
      taken.add(alert);
      const inTime = metAt(expectation, alert)! <= expectation.by;
      const fault = inTime ? undefined : excuses?.forLateness(expectation);
      if (fault) excused.push({ expectation, alert, fault });
      else (inTime ? met : late).push({ expectation, alert });
    } else if (expectation.by <= until) {
      const fault = excuses?.forMissing(expectation);
      if (fault) excused.push({ expectation, fault });
      else missed.push(expectation);
    } else notYetDue.push(expectation);
  }
  // What fires once nobody speaks any more is the end's doing, not the run's.
  const others = [...bySubject.values()]
    .flat()
    .filter((alert) => !taken.has(alert) && alert.firedAt <= until);
  const allowed = [...outlook.allowed, ...(excuses?.allowed ?? [])];
  const isAllowed = allowing(allowed, options.population);
  const { knockOn = [], unexplained = [] } = Object.groupBy(others, (alert) =>
    isAllowed(alert) ? "knockOn" : "unexplained",
  );
  return { met, late, missed, excused, notYetDue, knockOn, unexplained };
}

/**
 * When an alert came to be what is expected; undefined: it never did, or is older than the
 * incident.
 */
function metAt({ from, level = "blue" }: Expectation, alert: SeenAlert): Instant | undefined {
  if (alert.firedAt < from) return undefined;
  return alert.reached.find((step) => severity(step.level) >= severity(level))?.at;
}

const subjectOf = (one: {
  scenario: string;
  rule: string;
  siteId: string;
  sensorId?: string | null;
}): string => [one.scenario, one.rule, one.siteId, one.sensorId ?? ""].join("/");

function allowing(
  allowed: readonly Allowance[],
  { register }: Population,
): (alert: SeenAlert) => boolean {
  const placesOf = (siteId: string) => [siteId, ...register.ancestors(siteId).map(({ id }) => id)];
  return (alert) => {
    const around = placesOf(alert.siteId);
    return allowed.some(
      ({ scenario, rule, siteId, from, until }) =>
        scenario === alert.scenario &&
        (rule === undefined || rule === alert.rule) &&
        from <= alert.firedAt &&
        alert.firedAt <= until &&
        (around.includes(siteId) || placesOf(siteId).includes(alert.siteId)),
    );
  };
}
