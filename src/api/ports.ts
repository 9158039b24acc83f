// What the front needs of the rest of the house. main.ts hands it in; tests hand in the real parts over a temporary folder.

import type { Command, Outcome } from "../app/commands.ts";
import type { Case } from "../cases/case.ts";
import type { Reading } from "../core/reading.ts";
import type { AnyScenario } from "../core/scenario.ts";
import type { Instant } from "../core/time.ts";
import type { AlertRecord } from "../engine/alert-record.ts";
import type { QuarantineReader } from "../ingest/quarantine.ts";
import type { HistoryReader } from "../store/history.ts";
import type { Position } from "../store/log.ts";
import type { RecordsReader, TokenStore } from "../store/records.ts";

export type { Act, Command, Outcome } from "../app/commands.ts";

/** What one commit of the judge changed, told after it is durable. */
export type Announcement = {
  position: Position;
  time: Instant;
  alerts: readonly AlertRecord[];
  cases: readonly Case[];
};

/** What runs where and how well; numbers since the process began unless said otherwise. */
export type Health = {
  mode: "live" | "drill";
  /** Drill only: how many seconds of the log's clock pass in one real second; null where readings drive it. */
  speed: number | null;
  startedAt: Instant;
  /** The log's clock now. */
  now: Instant;
  logHead: Position;
  judgedTo: Position;
  historyTo: Position;
  /** Log time that the judge is behind, ms. */
  judgeBehindMs: number;
  clients: number;
  received: number;
  acknowledged: number;
  quarantined: number;
  stored: number;
  judged: number;
  copies: number;
  late: number;
  skewed: number;
  qos0Dropped: number;
  logBytes: number;
  /** Scenarios out of service, with the reason. */
  scenariosOut: Readonly<Record<string, string>>;
};

/** A scenario as this brain runs it. */
export type RunningScenario = {
  scenario: AnyScenario;
  params: Readonly<Record<string, unknown>>;
  /** The number of the release that its parameters came with; 0: they are its own. */
  release: number;
  out: string | null;
};

export interface Front {
  records: RecordsReader;
  tokens: TokenStore;
  history: Pick<HistoryReader, "raw" | "buckets" | "last">;
  quarantine: QuarantineReader;
  scenarios: readonly RunningScenario[];
  health(): Health;
  /** Appends a command and resolves when the judge has committed its outcome; rejects with code "timeout" after 10 s. */
  submit(command: Command): Promise<Outcome>;
  /** Calls back after each commit that changed an alert or case. Returns the way to stop. */
  onAnnouncement(listener: (announcement: Announcement) => void): () => void;
  /** Calls back with readings of one sensor as the log takes them. Returns the way to stop. */
  onReadings(sensorId: string, listener: (readings: readonly Reading[]) => void): () => void;
  /** A browser's MQTT stream: bytes both ways, and the address it came from. */
  mqttStream(remoteAddress: string): import("node:stream").Duplex;
}
