// How fast the door takes readings: decode, group, durable log, acknowledgement, all on one thread, and nothing behind it.
// Beside it, in the same run, bare aedes that acknowledges without looking.
//
//   node bench/door.ts [--seconds 5] [--window 20,1] [--only door|aedes]

import { spawn } from "node:child_process";
import net from "node:net";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Aedes } from "aedes";
import { openTestDoor, SECRET } from "../src/testing/door.ts";
import type { LoadOptions, LoadResult } from "./load.ts";

const loadFile = fileURLToPath(new URL("load.ts", import.meta.url));

/** Runs a load in a child process and returns its result. */
export function loadInChild(options: LoadOptions): Promise<LoadResult> {
  const child = spawn(process.execPath, [loadFile, JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk));
  return new Promise((resolve, reject) => {
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(out.trim().split("\n").at(-1)!) as LoadResult);
      else reject(new Error(`the load ended with code ${code}`));
    });
  });
}

async function ofAedes(
  options: Omit<LoadOptions, "port">,
): Promise<LoadResult & { serverCores: number }> {
  const aedes = await Aedes.createBroker();
  const server = net.createServer({ noDelay: true }, (socket) => void aedes.handle(socket));
  await new Promise<void>((resolve) =>
    server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, resolve),
  );
  const cpu = process.cpuUsage();
  const began = performance.now();
  const result = await loadInChild({
    ...options,
    port: (server.address() as net.AddressInfo).port,
  });
  const serverCores = coresSince(cpu, began);
  server.close();
  await new Promise<void>((resolve) => aedes.close(() => resolve()));
  return { ...result, serverCores };
}

async function ofDoor(
  options: Omit<LoadOptions, "port">,
): Promise<LoadResult & { serverCores: number }> {
  const door = await openTestDoor({ sensors: options.connections });
  const cpu = process.cpuUsage();
  const began = performance.now();
  const result = await loadInChild({
    ...options,
    port: door.port,
    clientId: "tank-{n}",
    password: SECRET,
  });
  const serverCores = coresSince(cpu, began);
  if (door.refusals.total > 0)
    throw new Error(`refused ${JSON.stringify([...door.refusals.counts])}`);
  await door.close();
  const logged = [...door.logged().values()].reduce((sum, count) => sum + count, 0);
  if (logged !== result.sent) throw new Error(`sent ${result.sent}, in the log ${logged}`);
  await door.end();
  return { ...result, serverCores };
}

function coresSince(cpu: NodeJS.CpuUsage, began: number): number {
  const used = process.cpuUsage(cpu);
  return Number(((used.user + used.system) / 1e3 / (performance.now() - began)).toFixed(2));
}

const { values: args } = parseArgs({
  options: {
    seconds: { type: "string", default: "5" },
    window: { type: "string", default: "20,1" },
    connections: { type: "string", default: "1000" },
    only: { type: "string" },
  },
});
for (const window of args.window.split(",").map(Number)) {
  const options = { connections: Number(args.connections), window, seconds: Number(args.seconds) };
  const rows = [["aedes", ofAedes] as const, ["door", ofDoor] as const];
  for (const [name, measure] of rows) {
    if (args.only !== undefined && args.only !== name) continue;
    console.log(JSON.stringify({ name, window, ...(await measure(options)) }));
  }
}
process.exit(0);
