// How many readings the engine judges in a second of one core, with all scenarios and a whole
// street; as a ratio to JSON.parse of the same payloads in the same run, since the machine drifts
// and the ratio does not. It is the thread's CPU time that is counted, so that whatever else runs
// on the machine does not.

import { installedScenarios } from "../src/cli/scenario.ts";
import { bench, type Outcome, type Values } from "./parts/bench.ts";
import { groupsOf, mindOf, payloadOf } from "./parts/fleet.ts";
import { grouped, median, round } from "./parts/numbers.ts";
import { FIRST_SCENARIOS, type Street, streetOf } from "./parts/street.ts";
import type { Workshop } from "./parts/workshop.ts";

export const engine = bench(
  "readings/s judged with all scenarios, beside JSON.parse of the same payloads",
  {
    sensors: { asks: "sensors on the street", default: "21000" },
    readings: { asks: "readings in all", default: "400000" },
    rounds: { asks: "parts that are timed in turn, after one to warm up", default: "7" },
  },
  run,
);

/** The judge commits about once a second; so many readings come meanwhile when it is busy. */
const BETWEEN_COMMITS = 60_000;

type Rates = Record<"parse" | "engine" | "first" | "judge", number[]>;

async function run(shop: Workshop, values: Values): Promise<Outcome> {
  const street = streetOf(shop.folder("keys"), values.number("sensors"));
  const groups = groupsOf(street, values.number("readings"));
  const some = installedScenarios.filter(({ id }) => FIRST_SCENARIOS.includes(id));
  const fewer = streetOf(shop.folder("keys"), values.number("sensors"), 0, some);
  const fewerGroups = groupsOf(fewer, values.number("readings"));
  const first = mindOf(fewer).engine;
  const parts = values.number("rounds") + 1;
  const each = Math.ceil(groups.length / parts);
  const alone = mindOf(street).engine;
  const whole = mindOf(street);
  const rates: Rates = { parse: [], engine: [], first: [], judge: [] };
  let [position, transitions, sinceCommit] = [0, 0, 0];
  for (let part = 0; part < parts; part++) {
    const own = groups.slice(part * each, (part + 1) * each);
    const readings = own.flat();
    const payloads = readings.map(payloadOf);
    const parse = timed(payloads.length, () => {
      for (const payload of payloads) JSON.parse(payload.toString());
    });
    const judged = timed(readings.length, () => {
      for (const reading of readings) transitions += alone.take(reading).length;
    });
    alone.changed();
    const theirs = fewerGroups.slice(part * each, (part + 1) * each).flat();
    const judgedFirst = timed(theirs.length, () => {
      for (const reading of theirs) first.take(reading);
    });
    first.changed();
    const committed = timed(readings.length, () => {
      for (const group of own) {
        const time = group.at(-1)!.receivedAt;
        whole.take({ kind: "readings", time, readings: group, position: ++position });
        sinceCommit += group.length;
        if (sinceCommit < BETWEEN_COMMITS) continue;
        sinceCommit = 0;
        whole.drain();
      }
    });
    shop.note(
      `part ${part} of ${parts - 1}: parse ${grouped(parse)}/s, engine ${grouped(judged)}/s ` +
        `(the first five scenarios alone ${grouped(judgedFirst)}/s), judge with rows ${grouped(committed)}/s`,
    );
    if (part === 0) continue; // still being compiled, and subjects still being made
    rates.parse.push(parse);
    rates.engine.push(judged);
    rates.first.push(judgedFirst);
    rates.judge.push(committed);
  }
  return told(rates, street, alone.counts, transitions);
}

function told(
  rates: Rates,
  street: Street,
  counts: Readonly<Record<string, number>>,
  transitions: number,
): Outcome {
  const [parse, judged, committed] = [rates.parse, rates.engine, rates.judge].map(median);
  const ratio = round(median(rates.engine.map((rate, i) => rate / rates.parse[i]!)), 3);
  const toFirst = round(median(rates.engine.map((rate, i) => rate / rates.first[i]!)), 3);
  const result = {
    readingsPerSecond: Math.round(judged!),
    ratio,
    /** Of all scenarios to the first five, each on a whole street of its own. */
    toFirst,
    firstPerSecond: Math.round(median(rates.first)),
    jsonParsePerSecond: Math.round(parse!),
    judgePerSecond: Math.round(committed!),
    sensors: street.population.sensors.length,
    transitions,
  };
  const failures = counts.judged === 0 ? ["nothing was judged"] : [];
  const lines = [
    `engine: ${grouped(judged!)} readings/s, ${ratio} of JSON.parse (${grouped(parse!)}/s)`,
    `all ${street.scenarios.length} scenarios judge at ${toFirst} of the speed of the first five`,
    `judge, with desk, docket and the rows of its commits: ${grouped(committed!)} readings/s`,
    `${JSON.stringify(counts)}, ${transitions} transitions of ${result.sensors} sensors`,
  ];
  return { result, told: lines, failures };
}

/**
 * Runs something to be done so many times, and says how many times a second of this thread's CPU
 * time.
 */
function timed(count: number, work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (count * 1e6) / (user + system);
}
