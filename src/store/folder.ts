// The data folder: one brain to a folder, live or drill for good, and a note of who runs on it.

import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export type Mode = "live" | "drill";

/** Who runs on the folder and where to find it; `token` is good for as long as that process runs, for the CLI on this machine. */
export type Run = {
  pid: number;
  mode: Mode;
  http: string | null;
  mqtt: string | null;
  /** Socket of the local control. */
  control: string;
  token: string;
  startedAt: number;
};

/** Thrown where the folder may not be used; the message says by whom it is held or what it is, and what to do. */
export class FolderRefused extends Error {
  readonly reason: "in-use" | "other-mode" | "newer";
  constructor(reason: FolderRefused["reason"], message: string) {
    super(message);
    this.name = "FolderRefused";
    this.reason = reason;
  }
}

export type Folder = {
  path: string;
  mode: Mode;
  file(name: string): string;
  /** Notes who runs, readable by this user alone. */
  announce(run: Omit<Run, "pid" | "mode">): void;
  /** Lets go of the folder. */
  release(): void;
};

const KIND = "folder.json";
const RUN = "run.json";
const VERSION = 1;
const SQLITE_BUSY = 5;

/**
 * Takes a data folder for this process, making it where there is none. The lock is the operating system's: a process that dies
 * lets go of it. A drill is never let onto a folder that was made live, nor the other way round.
 */
export function takeFolder(path: string, mode: Mode): Folder {
  mkdirSync(path, { recursive: true, mode: 0o750 });
  const lock = takeLock(path);
  try {
    checkKind(path, mode);
  } catch (error) {
    lock.close();
    throw error;
  }
  const file = (name: string) => join(path, name);
  return {
    path,
    mode,
    file,
    announce: (run) => writeRun(file(RUN), { ...run, pid: process.pid, mode }),
    release() {
      rmSync(file(RUN), { force: true });
      lock.close();
    },
  };
}

/** Who runs on a folder now; null: nobody. */
export function runningOn(path: string): Run | null {
  if (!existsSync(join(path, "lock.db"))) return null;
  try {
    takeLock(path).close();
    return null;
  } catch (error) {
    if (!(error instanceof FolderRefused)) throw error;
    return readRun(path);
  }
}

/** What a folder was made as; null: it is not one yet. */
export function modeOf(path: string): Mode | null {
  const file = join(path, KIND);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { mode: Mode }).mode : null;
}

function takeLock(path: string): DatabaseSync {
  const lock = new DatabaseSync(join(path, "lock.db"), { timeout: 0 });
  try {
    lock.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    return lock;
  } catch (cause) {
    lock.close();
    if ((cause as { errcode?: number }).errcode !== SQLITE_BUSY) throw cause;
    const run = readRun(path);
    const who = run ? `process ${run.pid}` : "another process";
    throw new FolderRefused(
      "in-use",
      `${path} is in use by ${who}. Stop it first, or give this one another folder (--data, BRAIN_DATA_FOLDER).`,
    );
  }
}

function checkKind(path: string, mode: Mode): void {
  const file = join(path, KIND);
  if (!existsSync(file)) {
    if (existsSync(join(path, "log.db")))
      throw new FolderRefused(
        "other-mode",
        `${path} holds a log but no ${KIND}: restore that file from the backup.`,
      );
    writeFileSync(file, `${JSON.stringify({ mode, version: VERSION })}\n`);
    return;
  }
  const kind = JSON.parse(readFileSync(file, "utf8")) as { mode: Mode; version: number };
  if (kind.version > VERSION)
    throw new FolderRefused(
      "newer",
      `${path} was written by a newer release (folder version ${kind.version}): install that one.`,
    );
  if (kind.mode !== mode)
    throw new FolderRefused(
      "other-mode",
      `${path} is a ${kind.mode} folder and may not be used for a ${mode} brain. Give another folder (--data, BRAIN_DATA_FOLDER).`,
    );
}

function writeRun(file: string, run: Run): void {
  const next = `${file}.new`;
  writeFileSync(next, `${JSON.stringify(run)}\n`, { mode: 0o600 });
  chmodSync(next, 0o600);
  renameSync(next, file);
}

function readRun(path: string): Run | null {
  try {
    return JSON.parse(readFileSync(join(path, RUN), "utf8")) as Run;
  } catch {
    return null; // taken a moment ago and not announced yet
  }
}
