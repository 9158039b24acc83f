// How fast the door takes readings: decode, group, durable log, acknowledgement, all on one thread, and nothing behind it.
// Beside it, in the same run, bare aedes that acknowledges without looking. `cpuUs` is this process's time for a message,
// which a busy machine changes less than the speed.
//
//   node bench/door.ts [--seconds 5] [--window 20,1] [--connections 1000] [--only door|aedes]

import { spawn } from "node:child_process";
import net from "node:net";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Aedes } from "aedes";
import { openTestDoor, SECRET } from "../src/testing/door.ts";
import type { LoadOptions, LoadResult } from "./load.ts";

type Row = LoadResult & { cpuUs: number };
const loadFile = fileURLToPath(new URL("load.ts", import.meta.url));

/** Runs a load in a child process; the time of this process is counted from when all are connected. */
function loadInChild(options: LoadOptions): Promise<Row> {
  const child = spawn(process.execPath, [loadFile, JSON.stringify({ ...options, wait: true })], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let out = "";
  let began = process.cpuUsage();
  child.stdout.on("data", (chunk: Buffer) => {
    if (out === "") {
      began = process.cpuUsage();
      child.stdin.write("go\n");
    }
    out += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code) => {
      if (code !== 0) return reject(new Error(`the load ended with code ${code}`));
      const { user, system } = process.cpuUsage(began);
      const result = JSON.parse(out.trim().split("\n").at(-1)!) as LoadResult;
      resolve({ ...result, cpuUs: Number(((user + system) / result.sent).toFixed(1)) });
    });
  });
}

async function ofAedes(options: Omit<LoadOptions, "port">): Promise<Row> {
  const aedes = await Aedes.createBroker();
  const server = net.createServer({ noDelay: true }, (socket) => void aedes.handle(socket));
  await new Promise<void>((resolve) =>
    server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, resolve),
  );
  const { port } = server.address() as net.AddressInfo;
  const row = await loadInChild({ ...options, port });
  server.close();
  await new Promise<void>((resolve) => aedes.close(() => resolve()));
  return row;
}

async function ofDoor(options: Omit<LoadOptions, "port">): Promise<Row> {
  const door = await openTestDoor({ sensors: options.connections });
  const who = { port: door.port, clientId: "tank-{n}", password: SECRET };
  const row = await loadInChild({ ...options, ...who });
  if (door.refusals.total > 0) {
    throw new Error(`refused ${JSON.stringify([...door.refusals.counts])}`);
  }
  await door.close();
  const logged = [...door.logged().values()].reduce((sum, count) => sum + count, 0);
  if (logged !== row.sent) throw new Error(`sent ${row.sent}, in the log ${logged}`);
  await door.end();
  return row;
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
  for (const [name, measure] of [["aedes", ofAedes] as const, ["door", ofDoor] as const]) {
    if (args.only !== undefined && args.only !== name) continue;
    console.log(JSON.stringify({ name, window, ...(await measure(options)) }));
  }
}
process.exit(0);
