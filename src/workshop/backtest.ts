// A scenario as it is in the folder, before the stored past of a street: what it would have said,
// and how that differs from what is on record.
//
// It reads the history by its port, in order of receipt, and puts it to the judge's own mind
// (app/mind.ts). The log's ticks are not stored and not needed: what falls due runs in order of
// time before the reading that follows it. What is not stored either, and so can't be compared, is
// set apart by name and never counted as a difference.

import type { Played } from "../app/mind.ts";
import type { Case } from "../cases/case.ts";
import type { Reading } from "../core/reading.ts";
import type { AnyScenario } from "../core/scenario.ts";
import { type Duration, days, type Instant, minutes } from "../core/time.ts";
import type { Sensor } from "../register/entities.ts";
import type { Register } from "../register/register.ts";
import type { HistoryReader } from "../store/history.ts";
import type { RecordsReader } from "../store/records.ts";
import { type Comparison, compare, type Outline, outlineAt, type Reason } from "./compare.ts";
import { type Deed, deedsOf } from "./deeds.ts";
import { isForgotten } from "./forgotten.ts";
import { type Past, readPast, type Told } from "./past.ts";
import { type Pause, Pauses } from "./pauses.ts";
import { playersOf } from "./players.ts";
import { Trial } from "./trial.ts";

export type Asked = {
  scenario: AnyScenario;
  params: object;
  /** What it may hear of. */
  installed: readonly AnyScenario[];
  history: Pick<HistoryReader, "scan" | "raw">;
  records: RecordsReader;
  from: Instant;
  to: Instant;
  /**
   * How much of the past before `from` is judged as well, so that its memories are filled by then.
   */
  warmUp: Duration;
  onProgress?(at: Instant, readings: number): void;
};

export type Found = {
  /** The period in fact: not beyond what the brain has judged. */
  from: Instant;
  to: Instant;
  /** Readings that were judged, warming up included, and when the first of them was received. */
  readings: number;
  firstAt: Instant | null;
  /** Readings left out: their sensor is gone from the register, or stands elsewhere by now. */
  strangers: number;
  /**
   * Pairs of readings of one sensor that were received at the same instant: in which order is not
   * stored.
   */
  unordered: number;
  /** What fired in the period, and the cases opened in it. */
  alerts: readonly Outline[];
  cases: readonly Case[];
  /** The same from the records. */
  liveAlerts: readonly Outline[];
  liveCases: readonly Case[];
  comparison: Comparison;
  pauses: readonly Pause[];
  register: Register;
};

/** A sensor's clock may be so far ahead of ours before its time is not believed. */
const AHEAD: Duration = minutes(2);
/** Nobody's readings are waited for longer than this after the period's end. */
const LATEST: Duration = days(1);

/** Judges a stored period and compares it with what is on record. Reads only. */
export async function backtest(asked: Asked): Promise<Found> {
  const { records, history, from } = asked;
  const since = from - asked.warmUp;
  const players = playersOf(asked);
  const heard = players.slice(1).map((one) => one.scenario.id);
  const past = await readPast(records, [asked.scenario.id, ...heard], since, asked.to);
  const to = Math.min(asked.to, past.judgedTo ?? asked.to);
  const retired = past.register.flatMap((change) =>
    "put" in change && change.put === "sensor" && isRetired(change.value, since)
      ? [change.value]
      : [],
  );
  const trial = new Trial(players, [...past.register, ...retired.map(inService)]);
  const run = new Run(
    trial,
    deedsOf({ ...past, alerts: [...past.alerts, ...past.heard], retired }),
    new Pauses(lifeOf(past, players), asked.scenario.every),
  );
  for await (const chunk of history.scan(since, to + AHEAD, [asked.scenario.id, ...heard])) {
    run.hear(chunk.filter(({ time, receivedAt }) => time < to || receivedAt < to));
    asked.onProgress?.(trial.time, run.readings);
  }
  run.end(to, Math.max(to, past.judgedTo ?? Number.POSITIVE_INFINITY));
  return found(asked, { past, run, trial, since, to });
}

async function found(
  asked: Asked,
  {
    past,
    run,
    trial,
    since,
    to,
  }: { past: Past; run: Run; trial: Trial; since: Instant; to: Instant },
): Promise<Found> {
  const { scenario, history, from } = asked;
  const { alerts, cases } = trial.found();
  const isOwn = ({ record }: Told) => record.scenario === scenario.id && record.firedAt < to;
  const outline = (told: readonly Told[]) => told.filter(isOwn).map((one) => outlineAt(one, to));
  const [ours, live] = [outline(alerts), outline(past.alerts)];
  const inPeriod = ({ firedAt }: Outline) => firedAt >= from;
  const first = run.firstAt ?? to;
  const compared = compare(ours, live, {
    from,
    to,
    since: Math.max(since, first),
    unfit: (alert) => unfit(trial.register, scenario, run.strangeSites, alert),
    isShaken: (at) => run.pauses.found.some((pause) => near(pause, at, scenario.every)),
  });
  const opened = (all: readonly Case[]) =>
    all.filter((one) => one.scenario === scenario.id && one.openedAt >= from && one.openedAt < to);
  return {
    from,
    to,
    readings: run.readings,
    firstAt: run.firstAt,
    strangers: run.strangers,
    unordered: run.unordered,
    alerts: ours.filter(inPeriod),
    cases: opened(cases),
    liveAlerts: live.filter(inPeriod),
    liveCases: opened(past.cases),
    comparison: await isForgotten(compared, past.alerts, history, since),
    pauses: run.pauses.found,
    register: trial.register,
  };
}

/** Puts readings and deeds to a trial in order of the log's clock. */
class Run {
  readings = 0;
  strangers = 0;
  unordered = 0;
  firstAt: Instant | null = null;
  readonly strangeSites = new Set<string>();
  readonly pauses: Pauses;
  readonly #trial: Trial;
  readonly #deeds: Deed[];
  #lag: Duration = 0;
  #before: Reading | null = null;

  constructor(trial: Trial, deeds: readonly Deed[], pauses: Pauses) {
    this.#trial = trial;
    this.#deeds = [...deeds];
    this.pauses = pauses;
  }

  hear(chunk: readonly Reading[]): void {
    let waiting: Reading[] = [];
    for (const reading of chunk) {
      const { receivedAt, time, sensorId } = reading;
      const isDue = (this.#deeds[0]?.at ?? Number.POSITIVE_INFINITY) < receivedAt;
      const pause = this.pauses.hear(sensorId, receivedAt);
      if (isDue || pause || this.firstAt === null) {
        this.#trial.hear(waiting);
        waiting = [];
        this.#before_(receivedAt, pause);
      }
      if (!this.#isKnown(reading)) continue;
      if (receivedAt - time > this.#lag) this.#lag = receivedAt - time;
      const last = this.#before;
      if (last?.receivedAt === receivedAt && last.sensorId === sensorId) this.unordered++;
      this.#before = reading;
      waiting.push(reading);
    }
    this.readings += chunk.length;
    this.#trial.hear(waiting);
  }

  /**
   * Lets time pass beyond the end, so that who is heard late has had its say; not beyond what is
   * judged.
   */
  end(to: Instant, judgedTo: Instant): void {
    const last = Math.max(to, this.#trial.time) + Math.min(this.#lag, LATEST);
    const until = Math.max(this.#trial.time, Math.min(last, judgedTo));
    this.#do(until);
    this.#trial.pass(until);
  }

  #before_(at: Instant, pause: Pause | null): void {
    this.#do(at);
    if (this.firstAt === null) {
      this.firstAt = at;
      this.#trial.begin(at, null);
    } else if (pause) this.#trial.begin(at, pause.from);
  }

  #do(until: Instant): void {
    for (let deed = this.#deeds[0]; deed && deed.at < until; deed = this.#deeds[0]) {
      this.#deeds.shift();
      this.#trial.do(deed);
    }
  }

  #isKnown({ sensorId, siteId, scenario }: Reading): boolean {
    const sensor = this.#trial.register.sensor(sensorId);
    if (sensor?.siteId === siteId && sensor.scenario === scenario) return true;
    this.strangers++;
    this.strangeSites.add(siteId);
    return false;
  }
}

/**
 * When the brain is on record as running: rules of silence speak by its clock, and so do people.
 */
function lifeOf({ alerts, heard }: Past, players: readonly Played[]): Instant[] {
  const silent = new Set(
    players.flatMap(({ scenario, params }) =>
      Object.entries(scenario.rules(params)).flatMap(([name, rule]) =>
        rule.silence ? [name] : [],
      ),
    ),
  );
  return [...alerts, ...heard].flatMap(({ record, events }) =>
    events
      .filter(({ by, kind }) => by !== "brain" || (silent.has(record.rule) && kind === "fired"))
      .map(({ at }) => at),
  );
}

function unfit(
  register: Register,
  scenario: AnyScenario,
  strangeSites: ReadonlySet<string>,
  { siteId, sensorId, firedAt }: Outline,
): Reason | null {
  if (!register.site(siteId)) return "removed";
  if (sensorId === null && strangeSites.has(siteId)) return "moved";
  if (sensorId !== null) {
    const sensor = register.sensor(sensorId);
    if (!sensor) return "removed";
    if (sensor.siteId !== siteId || sensor.scenario !== scenario.id) return "moved";
  }
  const { consent } = scenario;
  return consent && !register.consented(siteId, consent.purpose, firedAt) ? "no-consent" : null;
}

/** The grace after a pause lasts one period; one more, for what then waited for it. */
const near = ({ from, to }: Pause, at: Instant, every: Duration): boolean =>
  at >= from && at <= to + 2 * every;

const isRetired = ({ outOfService }: Sensor, since: Instant): boolean =>
  outOfService !== undefined && outOfService.since > since;

function inService({ outOfService: _, ...sensor }: Sensor) {
  return { put: "sensor", value: sensor } as const;
}
