// How much memory the brain needs with so many sensors connected that speak now and then.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bench, type Outcome, type Values } from "./parts/bench.ts";
import { register, startBrain } from "./parts/brain.ts";
import { loadIt, pause } from "./parts/loading.ts";
import { grouped } from "./parts/numbers.ts";
import { publishersOf, streetOf } from "./parts/street.ts";
import { memoryOf } from "./parts/usage.ts";
import type { Workshop } from "./parts/workshop.ts";

export const memory = bench(
  "resident memory with 19,000 connected sensors that speak twice a minute",
  {
    connections: { asks: "MQTT connections", default: "19000" },
    sensors: { asks: "sensors in the register", default: "21000" },
    every: { asks: "seconds between two readings of a sensor", default: "30" },
    seconds: { asks: "measured time", default: "120" },
    most: { asks: "MB that it may be", default: "700" },
  },
  run,
);

const LOOK_MS = 1_000;

async function run(shop: Workshop, values: Values): Promise<Outcome> {
  const connections = values.number("connections");
  const data = shop.folder("data");
  const street = streetOf(data, values.number("sensors"));
  const file = join(shop.folder("load"), "publishers.json");
  writeFileSync(file, JSON.stringify(publishersOf(street, connections, 5)));
  const brain = await startBrain(shop, { folder: data });
  const { rssMb: startedMb } = memoryOf(brain.pid);
  await register(brain, street.changes);
  const { rssMb: registeredMb } = memoryOf(brain.pid);
  shop.note(`started ${startedMb} MB, with its register ${registeredMb} MB; connecting`);
  const seen: number[] = [];
  let clients = 0;
  const options = {
    port: brain.port,
    connections,
    window: 2,
    seconds: values.number("seconds"),
    rate: connections / values.number("every"),
    publishers: file,
  };
  const loaded = await loadIt(shop, options, brain, () => {
    let on = true;
    const looking = (async () => {
      clients = (await brain.stats()).health.clients;
      for (; on; await pause(LOOK_MS)) seen.push(memoryOf(brain.pid).rssMb);
    })();
    return () => {
      on = false;
      return looking;
    };
  });
  const { peakMb } = memoryOf(brain.pid);
  const { health } = await brain.stats();
  await brain.stop();
  const rssMb = Math.max(...seen);
  const most = values.number("most");
  const rate = loaded.perSecond;
  const result = { connected: clients, rate, rssMb, peakMb, startedMb, registeredMb };
  const failures = [
    ...(rssMb > most ? [`${rssMb} MB is more than ${most} MB`] : []),
    ...(clients < connections ? [`only ${clients} of ${connections} were connected`] : []),
    ...(loaded.closed > 0 ? [`${loaded.closed} connections were closed`] : []),
    ...(health.quarantined > 0 ? [`${health.quarantined} messages went to quarantine`] : []),
  ];
  const told = [
    `${grouped(clients)} connected sensors, ${grouped(rate)} readings/s: ${rssMb} MB at most, ` +
      `${peakMb} MB at its highest moment since the start`,
    `started ${startedMb} MB, with ${grouped(values.number("sensors"))} sensors registered ` +
      `${registeredMb} MB; cores ${JSON.stringify(loaded.server)}`,
  ];
  return { result, told, failures };
}
