// Loaded into every thread of a process with --import: SIGUSR2 begins a CPU profile in all of them,
// and the next one ends it. Each thread writes its own file, named after the file that it runs, to
// the folder in BENCH_PROFILES.

import { renameSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { basename, join } from "node:path";
import { BroadcastChannel, isMainThread } from "node:worker_threads";

const folder = process.env.BENCH_PROFILES ?? ".";
const name = isMainThread ? "main" : basename(process.argv[1] ?? "worker", ".ts");
const SAMPLE_US = 500;
let session: Session | null = null;
let rounds = 0;

async function turn(): Promise<void> {
  if (session === null) {
    session = new Session();
    session.connect();
    await session.post("Profiler.enable");
    await session.post("Profiler.setSamplingInterval", { interval: SAMPLE_US });
    await session.post("Profiler.start");
    return;
  }
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  session = null;
  const file = join(folder, `${rounds++}-${name}.cpuprofile`);
  writeFileSync(`${file}.new`, JSON.stringify(profile));
  renameSync(`${file}.new`, file);
}

const channel = new BroadcastChannel("bench-profile");
channel.unref();
channel.onmessage = () => void turn();
if (isMainThread)
  process.on("SIGUSR2", () => {
    channel.postMessage("turn");
    void turn();
  });
