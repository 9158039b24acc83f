// npm run bench -- <name> [options] [--json]: what the README's figures come from. Progress goes to
// standard error; with --json the last line of standard output is one line of JSON.

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

const WRONG_USAGE = 64;

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

async function main([name = "", ...args]: readonly string[]): Promise<number> {
  const chosen = benches[name];
  if (!chosen || args.includes("--help")) {
    console.error(usage());
    return chosen || name === "" || name.startsWith("-") ? 0 : WRONG_USAGE;
  }
  const { values, wrong } = chosen.read(args.filter((word) => word !== "--json"));
  if (wrong !== null) {
    console.error(`${wrong}\n\n${usage()}`);
    return WRONG_USAGE;
  }
  try {
    const { result, told, failures } = await inWorkshop((shop) => chosen.run(shop, values));
    for (const line of failures) console.error(`FAILED: ${line}`);
    console.log(args.includes("--json") ? JSON.stringify(result) : told.join("\n"));
    return failures.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(error.message);
    return WRONG_USAGE;
  }
}

process.exitCode = await main(process.argv.slice(2));
