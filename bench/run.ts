// npm run bench -- <name> [options] [--json]: what the README's figures come from. Progress goes to standard error; with
// --json the last line of standard output is one line of JSON.

import { engine } from "./engine.ts";
import { ingest } from "./ingest.ts";
import { latency } from "./latency.ts";
import { memory } from "./memory.ts";
import type { Bench } from "./parts/bench.ts";
import { inWorkshop } from "./parts/workshop.ts";
import { recovery } from "./recovery.ts";
import { store } from "./store.ts";

const benches: Readonly<Record<string, Bench>> = {
  ingest,
  engine,
  store,
  latency,
  recovery,
  memory,
};

function usage(): string {
  const lines = Object.entries(benches).flatMap(([name, { about, options }]) => [
    `  ${name.padEnd(10)}${about}`,
    ...Object.entries(options).map(([option, { asks, default: usual }]) => {
      const given = usual === undefined || usual === false ? "" : ` (${usual})`;
      return `      --${option.padEnd(14)}${asks}${given}`;
    }),
  ]);
  return ["npm run bench -- <name> [options] [--json]", "", ...lines].join("\n");
}

const [name = "", ...args] = process.argv.slice(2);
const bench = benches[name];
if (!bench || args.includes("--help")) {
  console.error(usage());
  process.exitCode = name === "" || name.startsWith("-") || bench ? 0 : 64;
} else {
  const { values, wrong } = bench.read(args.filter((word) => word !== "--json"));
  if (wrong !== null) {
    console.error(`${wrong}\n\n${usage()}`);
    process.exitCode = 64;
  } else {
    const { result, told, failures } = await inWorkshop((shop) => bench.run(shop, values));
    for (const line of failures) console.error(`FAILED: ${line}`);
    console.log(args.includes("--json") ? JSON.stringify(result) : told.join("\n"));
    if (failures.length > 0) process.exitCode = 1;
  }
}
