// A fleet in a process of its own: it builds the same street from the same seed, and does what the
// drill's process orders until that lets go of it.

import { populationOf } from "../../simulators/population.ts";
import { syntheticStreet } from "../register/street/synthetic-street.ts";
import { type Fleet, fleetHere, type Order, type Word } from "./fleet.ts";
import { installedScenarios } from "./scenario.ts";

const say = (word: Word) => void process.send?.(word);
const abort = new AbortController();
let fleet: Fleet | null = null;

async function obey(order: Order): Promise<void> {
  if (order.kind === "stop") return abort.abort();
  if (order.kind === "ride") {
    const onProgress = (tally: Extract<Word, { kind: "progress" }>["tally"]) =>
      say({ kind: "progress", tally });
    return say({
      kind: "ridden",
      ridden: await fleet!.ride(order.time, order.forMs, onProgress),
    });
  }
  const { play, url, secrets } = order;
  const { seed, sensors } = play;
  const { changes } = syntheticStreet(seed, { scenarios: installedScenarios, sensors });
  fleet = await fleetHere({
    population: populationOf(changes, installedScenarios),
    play,
    url,
    secretOf: (id) => secrets[id],
    signal: abort.signal,
    onConnecting(up, of) {
      if (up === of || up % 100 === 0) say({ kind: "connecting", up, of });
    },
  });
  say({ kind: "connected" });
}

process.on("message", (order: Order) => {
  obey(order).catch((error: Error) => say({ kind: "failed", why: error.stack ?? String(error) }));
});
// Whoever ordered the ride is told of an interrupt as well, and says when to stop.
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => {});
process.on("disconnect", () => process.exit(0));
