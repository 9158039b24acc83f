// A front over the real judge and real records in a temporary folder, without broker, log file and threads: what is sent is judged,
// committed and announced before the promise resolves. History and quarantine are kept in arrays.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { Role } from "../api/permissions.ts";
import type { Announcement, Command, Front, Health, Outcome } from "../api/ports.ts";
import { hashOf, newToken } from "../api/secret.ts";
import { Mind } from "../app/mind.ts";
import type { Quality, Reading, Values } from "../core/reading.ts";
import type { Json } from "../core/rule.ts";
import type { Duration, Instant } from "../core/time.ts";
import type { Quarantined, QuarantineReader, Reason, Refused } from "../ingest/quarantine.ts";
import type { RegisterChange } from "../register/entities.ts";
import type { Entry, NewEntry } from "../store/log.ts";
import type { RecordsWriter } from "../store/records.ts";
import { openRecordsReader, openRecordsWriter, openTokenStore } from "../store/sqlite/records.ts";
import { defaultsOf } from "./defaults.ts";
import { arrayHistory } from "./front-history.ts";
import { gauge, pulse } from "./front-scenarios.ts";
import { frontStreet } from "./front-street.ts";

/** 2026-06-18T14:00:00+08:00. */
export const FRONT_START: Instant = 1_781_762_400_000;

type Heard = { sensorId: string; listener: (readings: readonly Reading[]) => void };

const played = [gauge, pulse].map((scenario) => ({ scenario, params: defaultsOf(scenario) }));

/** Opens one with the street of `front-street.ts`. */
export async function openTestFront({ gauges = 1 } = {}): Promise<TestFront> {
  const folder = await mkdtemp(join(tmpdir(), "brain-front-"));
  const writer = await openRecordsWriter(join(folder, "brain.db"));
  const mind = new Mind({ scenarios: played, loaded: await writer.load(), exercise: true });
  const front = new TestFront(folder, writer, mind);
  await front.change(...frontStreet(gauges));
  return front;
}

export class TestFront implements Front {
  readonly records: Front["records"];
  readonly tokens: ReturnType<typeof openTokenStore>;
  readonly history: Front["history"];
  readonly quarantine: QuarantineReader;
  readonly scenarios = played.map(({ scenario, params }) => ({
    scenario,
    params: params as Record<string, unknown>,
    release: 0,
    out: null,
  }));
  /** The broker's ends of MQTT over WebSocket, in the order they came. */
  readonly streams: PassThrough[] = [];
  /** Commands that came in, in the order they came. */
  readonly commands: Command[] = [];
  /** While true, commands get no outcome in time, though they are carried out. */
  stalled = false;
  /** What is told of health beside what is counted. */
  given: Partial<Health> = {};
  now: Instant = FRONT_START;
  readonly #folder: string;
  readonly #writer: RecordsWriter;
  readonly #mind: Mind;
  readonly #readings: Reading[] = [];
  readonly #refused: Quarantined[] = [];
  readonly #announced = new Set<(announcement: Announcement) => void>();
  readonly #heard = new Set<Heard>();
  #turn: Promise<unknown> = Promise.resolve();
  #tokens = 0;

  constructor(folder: string, writer: RecordsWriter, mind: Mind) {
    this.#folder = folder;
    this.#writer = writer;
    this.#mind = mind;
    this.records = openRecordsReader(join(folder, "brain.db"));
    this.tokens = openTokenStore(join(folder, "brain.db"));
    this.history = arrayHistory(this.#readings);
    this.quarantine = quarantineOf(this.#refused);
  }

  health(): Health {
    const [position, readings] = [this.#mind.position, this.#readings.length];
    return {
      mode: "drill",
      speed: 60,
      startedAt: FRONT_START,
      now: this.now,
      logHead: position,
      judgedTo: position,
      historyTo: position,
      judgeBehindMs: 0,
      clients: 0,
      received: readings,
      acknowledged: readings,
      quarantined: this.#refused.length,
      stored: readings,
      judged: readings,
      copies: 0,
      late: 0,
      skewed: 0,
      qos0Dropped: 0,
      logBytes: 0,
      scenariosOut: this.#mind.out,
      ...this.given,
    };
  }

  async submit(command: Command): Promise<Outcome> {
    this.commands.push(command);
    const entry = { kind: "command" as const, command: command as unknown as Json };
    const outcomes = this.#inTurn({ ...entry, time: this.now });
    if (this.stalled) throw Object.assign(new Error("no outcome in time"), { code: "timeout" });
    return (await outcomes).find(({ key }) => key === command.key)!;
  }

  onAnnouncement(listener: (announcement: Announcement) => void): () => void {
    this.#announced.add(listener);
    return () => this.#announced.delete(listener);
  }

  onReadings(sensorId: string, listener: Heard["listener"]): () => void {
    const heard = { sensorId, listener };
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  }

  mqttStream(): PassThrough {
    const stream = new PassThrough();
    this.streams.push(stream);
    return stream;
  }

  /** Readings come in now; resolves when what came of them has been committed and announced. */
  async send(
    ...sent: readonly { sensorId: string; values: Values; quality?: Quality }[]
  ): Promise<void> {
    this.now += 1;
    const time = this.now;
    const readings: Reading[] = [];
    for (const { sensorId, values, quality = "good" } of sent) {
      const { siteId, scenario } = (await this.records.entity("sensor", sensorId))!;
      readings.push({ sensorId, siteId, scenario, time, receivedAt: time, values, quality });
    }
    this.#readings.push(...readings);
    for (const { sensorId, listener } of this.#heard) {
      const own = readings.filter((reading) => reading.sensorId === sensorId);
      if (own.length > 0) listener(own);
    }
    await this.#inTurn({ kind: "readings", time, readings });
  }

  /** Announces as after a commit. */
  announce(announcement: Announcement): void {
    for (const listener of this.#announced) listener(announcement);
  }

  /** Time passes on the log's clock. */
  async pass(by: Duration): Promise<void> {
    this.now += by;
    await this.#inTurn({ kind: "tick", time: this.now });
  }

  /** Changes the register; throws where the judge refuses. */
  async change(...changes: readonly RegisterChange[]): Promise<void> {
    const key = `change-${this.#mind.position}`;
    const outcome = await this.submit({
      key,
      by: "test",
      act: { kind: "register.change", changes },
    });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.params));
  }

  /** A token of a role; resolves with its secret. Its id is `t-` and its name. */
  async token(role: Role, name = `${role}-${++this.#tokens}`): Promise<string> {
    const secret = newToken();
    const when = { createdAt: 0, expiresAt: null, revokedAt: null };
    await this.tokens.putToken({ id: `t-${name}`, name, role, hash: hashOf(secret), ...when });
    return secret;
  }

  /** A message is not taken. */
  refuse(refused: Omit<Refused, "at">): void {
    this.#refused.push({ ...refused, at: this.now, id: this.#refused.length + 1 });
  }

  async close(): Promise<void> {
    await this.#turn;
    await Promise.all([this.records.close(), this.tokens.close(), this.#writer.close()]);
    await rm(this.#folder, { recursive: true });
  }

  /** One entry after the other, as in the log. */
  #inTurn(entry: NewEntry): Promise<readonly Outcome[]> {
    const outcomes = this.#turn.then(() => this.#judge(entry));
    this.#turn = outcomes.catch(() => {}); // whoever asked hears of it
    return outcomes;
  }

  async #judge(entry: NewEntry): Promise<readonly Outcome[]> {
    const expected = this.#mind.position;
    await this.#take({ ...entry, position: expected + 1 } as Entry);
    const drained = this.#mind.drain();
    const outcomes = drained.outcomes.map((outcome) => ({
      key: outcome.key,
      position: outcome.position,
      at: drained.time,
      body: outcome as unknown as Json,
    }));
    await this.#writer.commit({ ...drained, expected, outcomes });
    const { position, time, alerts, cases } = drained;
    if (alerts.length + cases.length > 0) this.announce({ position, time, alerts, cases });
    return drained.outcomes;
  }

  async #take(entry: Entry): Promise<void> {
    if (entry.kind !== "command") return this.#mind.take(entry);
    const { key, act } = entry.command as unknown as Command;
    const known = await this.#writer.outcome(key);
    if (known) return this.#mind.repeat(entry, known.body as unknown as Outcome);
    this.#mind.take(entry, {
      alert: "alertId" in act ? await this.#writer.alert(act.alertId) : null,
      case: "caseId" in act ? await this.#writer.case(act.caseId) : null,
    });
  }
}

const quarantineOf = (refused: readonly Quarantined[]): QuarantineReader => ({
  list: ({ reason, clientId, before = Number.POSITIVE_INFINITY, limit }) =>
    refused
      .filter((one) => one.id < before && (!reason || one.reason === reason))
      .filter((one) => clientId === undefined || one.clientId === clientId)
      .toReversed()
      .slice(0, limit),
  counts: () => {
    const counts: Partial<Record<Reason, number>> = {};
    for (const { reason } of refused) counts[reason] = (counts[reason] ?? 0) + 1;
    return counts;
  },
});
