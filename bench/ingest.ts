// How many readings a second are taken, at QoS 1, by mosquitto, bare aedes and the brain: side by
// side and in turn in one run, since the machine drifts. The first two acknowledge and keep
// nothing; the brain has them on disk, judged and stored.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LoadOptions } from "./load.ts";
import { type Backlog, watchBacklog, watchEnd } from "./parts/backlog.ts";
import { bench, type Outcome, type Values } from "./parts/bench.ts";
import { type Brain, register, startBrain } from "./parts/brain.ts";
import { type Broker, startAedes, startMosquitto } from "./parts/brokers.ts";
import { type Loaded, loadIt } from "./parts/loading.ts";
import { grouped, median, round } from "./parts/numbers.ts";
import { profilesOf, profileThread, profiling, toldProfiles } from "./parts/profile.ts";
import { FIRST_SCENARIOS, publishersOf, streetOf } from "./parts/street.ts";
import { memoryOf } from "./parts/usage.ts";
import type { Workshop } from "./parts/workshop.ts";

const names = ["mosquitto", "aedes", "brain"] as const;
type Name = (typeof names)[number];

/** One target under one kind of load, once. */
type Run = {
  name: Name;
  window: number;
  fields: number;
  mix: Mix;
  loaded: Loaded;
  backlog: Backlog | null;
};

const THREADS = ["main", "door", "judge", "history"] as const;
/** The readings of all scenarios, or of the five that the street began with. */
type Mix = "all" | "first";

export const ingest = bench(
  "readings/s at QoS 1: mosquitto, bare aedes, and the brain storing and judging",
  {
    seconds: { asks: "measured time of each run", default: "5" },
    rounds: { asks: "how often each is run; medians are told", default: "3" },
    connections: { asks: "MQTT connections", default: "1000" },
    windows: { asks: "messages that a connection sends ahead", default: "20,1" },
    fields: { asks: "fields of a reading: 5, 1 or both", default: "5,1" },
    only: { asks: "which of them", default: names.join(",") },
    sensors: { asks: "sensors in the brain's register", default: "2600" },
    mix: {
      asks: "a further brain run of each round whose readings are of the first five scenarios alone",
      default: false,
    },
    profile: {
      asks: "profiles the brain's threads in an extra run of each window",
      default: false,
    },
  },
  run,
);

async function run(shop: Workshop, values: Values): Promise<Outcome> {
  const only = new Set(values.text("only").split(","));
  const chosen = names.filter((name) => only.has(name));
  const place = await startAll(shop, values, chosen);
  const runs: Run[] = [];
  for (let round = 1; round <= values.number("rounds"); round++)
    for (const fields of values.numbers("fields"))
      for (const window of values.numbers("windows"))
        for (const [name, mix] of turnsOf(chosen, values)) {
          const one = await measure(shop, place, { name, window, fields, mix });
          runs.push(one);
          shop.note(`round ${round}: ${toldRun(one)}`);
        }
  const profiles = place.brain && place.profiles ? await profile(shop, place, values) : [];
  const rssMb = place.brain ? memoryOf(place.brain.pid).peakMb : null;
  const failures = [...runs.flatMap(failuresOf), ...(await quarantined(place))];
  await place.brain?.stop();
  return { result: resultOf(runs, rssMb), told: [...told(runs, rssMb), ...profiles], failures };
}

/** Who is measured in a round, side by side. */
function turnsOf(chosen: readonly Name[], values: Values): [Name, Mix][] {
  const turns = chosen.map((name): [Name, Mix] => [name, "all"]);
  return values.flag("mix") && chosen.includes("brain") ? [...turns, ["brain", "first"]] : turns;
}

type Place = {
  values: Values;
  brokers: ReadonlyMap<Name, Broker>;
  brain: Brain | null;
  /** Number of fields and mix → file of publishers. */
  files: ReadonlyMap<string, string>;
  profiles: string | null;
};

async function startAll(shop: Workshop, values: Values, chosen: readonly Name[]): Promise<Place> {
  const connections = values.number("connections");
  const data = shop.folder("data");
  const mixes: Mix[] = values.flag("mix") ? ["all", "first"] : ["all"];
  const street = streetOf(data, Math.max(values.number("sensors"), 1.3 * connections));
  const scratch = shop.folder("load");
  const files = new Map(
    values.numbers("fields").flatMap((fields) =>
      mixes.map((mix): [string, string] => {
        const file = join(scratch, `${fields}-${mix}.json`);
        const scenarios = mix === "all" ? null : FIRST_SCENARIOS;
        const publishers = publishersOf(street, connections, fields, scenarios);
        writeFileSync(file, JSON.stringify(publishers));
        return [`${fields} ${mix}`, file];
      }),
    ),
  );
  const profiles = values.flag("profile") ? scratch : null;
  const brokers = new Map<Name, Broker>();
  if (chosen.includes("mosquitto")) brokers.set("mosquitto", await startMosquitto(shop));
  if (chosen.includes("aedes")) brokers.set("aedes", await startAedes(shop));
  let brain: Brain | null = null;
  if (chosen.includes("brain")) {
    const profiled = { imports: [profileThread], env: { BENCH_PROFILES: scratch } };
    brain = await startBrain(shop, { folder: data, ...(profiles ? profiled : {}) });
    await register(brain, street.changes);
    brokers.set("brain", brain);
    shop.note(`the brain is ready with ${street.population.sensors.length} sensors`);
  }
  return { values, brokers, brain, files, profiles };
}

async function measure(
  shop: Workshop,
  { values, brokers, brain, files }: Place,
  { name, window, fields, mix }: Pick<Run, "name" | "window" | "fields" | "mix">,
): Promise<Run> {
  const broker = brokers.get(name)!;
  const options: LoadOptions = {
    port: broker.port,
    connections: values.number("connections"),
    window,
    seconds: values.number("seconds"),
    publishers: files.get(`${fields} ${mix}`)!,
  };
  if (name !== "brain" || brain === null) {
    const loaded = await loadIt(shop, options, broker);
    return { name, window, fields, mix, loaded, backlog: null };
  }
  const watched = await watchBacklog(brain);
  const loaded = await loadIt(shop, options, broker, watched.during);
  const backlog = await watchEnd(brain, watched, loaded);
  return { name, window, fields, mix, loaded, backlog };
}

/** A profile makes everything a little slower, so it has a run of its own that is not counted. */
async function profile(shop: Workshop, place: Place, values: Values): Promise<string[]> {
  const lines: string[] = [];
  const [fields] = values.numbers("fields");
  for (const [round, window] of values.numbers("windows").entries()) {
    shop.note(`profiling at window ${window}`);
    const { port, pid, program } = place.brain!;
    const loaded = await loadIt(
      shop,
      {
        port,
        connections: values.number("connections"),
        window,
        seconds: values.number("seconds"),
        publishers: place.files.get(`${fields} all`)!,
      },
      { pid },
      () => profiling(program),
    );
    const threads = await profilesOf(place.profiles!, round, THREADS);
    const cores = JSON.stringify(loaded.server);
    lines.push("", `profile, window ${window}: ${grouped(loaded.perSecond)} readings/s, ${cores}`);
    lines.push(...toldProfiles(threads, 20));
  }
  return lines;
}

function failuresOf({ name, window, loaded, backlog }: Run): string[] {
  const { sent, acked, closed, perSecond } = loaded;
  const failures: string[] = [];
  const say = (what: string) => failures.push(`${name} at window ${window}: ${what}`);
  if (closed > 0) say(`${closed} connections were closed`);
  if (perSecond === 0) say("nothing was acknowledged");
  if (acked < sent) say(`${sent - acked} of ${sent} readings were not acknowledged within 5 s`);
  if (backlog && backlog.drainMs === null) say("judge or history had not caught up after 10 s");
  if (backlog && backlog.missing > 0) say(`${backlog.missing} acknowledged readings not stored`);
  if (backlog && backlog.unjudged > 0) say(`${backlog.unjudged} acknowledged readings not judged`);
  return failures;
}

async function quarantined({ brain }: Place): Promise<string[]> {
  if (!brain) return [];
  const { health } = await brain.stats();
  return health.quarantined === 0 ? [] : [`${health.quarantined} messages went to quarantine`];
}

function toldRun({ name, window, fields, mix, loaded, backlog }: Run): string {
  const { perSecond, cores, ackMs, server } = loaded;
  const lag = backlog
    ? `; behind: judge ${backlog.judgeMs} ms at most and ${backlog.judgeLastMs} at the end, ` +
      `history ${backlog.historyEntries} entries; ` +
      `caught up ${backlog.drainMs ?? "more than 10,000"} ms after it`
    : "";
  return (
    `${name}, window ${window}, ${fields} field(s)${mix === "first" ? ", five scenarios" : ""}: ${grouped(perSecond)}/s, ` +
    `ack ${ackMs.p50}/${ackMs.p99} ms, load ${cores} cores, server ${JSON.stringify(server)}${lag}`
  );
}

/** Median readings a second of each, for one kind of load. */
function rates(runs: readonly Run[], window: number, fields: number): Record<string, number> {
  const own = runs.filter((one) => one.window === window && one.fields === fields);
  const by = Map.groupBy(own, ({ name, mix }) => (mix === "all" ? name : `${name}First`));
  return Object.fromEntries(
    [...by].map(([name, all]) => [name, median(all.map(({ loaded }) => loaded.perSecond))]),
  );
}

const windowsOf = (runs: readonly Run[]) => [...new Set(runs.map(({ window }) => window))];
const fieldsOf = (runs: readonly Run[]) => [...new Set(runs.map(({ fields }) => fields))];

/** Windows with the first number of fields stand at the top, with others under "fields1". */
function resultOf(runs: readonly Run[], rssMb: number | null): object {
  const [first, ...others] = fieldsOf(runs);
  const windows = (fields: number) =>
    Object.fromEntries(
      windowsOf(runs).map((window) => [`window${window}`, rates(runs, window, fields)]),
    );
  const brains = runs.flatMap(({ backlog }) => backlog ?? []);
  return {
    ...windows(first ?? 5),
    cpu: cpuOf(runs),
    rssMb,
    ...Object.fromEntries(others.map((fields) => [`fields${fields}`, windows(fields)])),
    backlog: {
      judgeMs: Math.max(0, ...brains.map(({ judgeMs }) => judgeMs)),
      judgeLastMs: Math.max(0, ...brains.map(({ judgeLastMs }) => judgeLastMs)),
      historyEntries: Math.max(0, ...brains.map(({ historyEntries }) => historyEntries)),
      drainMs: Math.max(0, ...brains.map(({ drainMs }) => drainMs ?? Number.POSITIVE_INFINITY)),
    },
  };
}

/**
 * Median cores of each server and of the load beside it, by window: a load that uses a whole core
 * would be the bottleneck.
 */
function cpuOf(runs: readonly Run[]): object {
  return Object.fromEntries(
    windowsOf(runs).map((window) => {
      const by = Map.groupBy(
        runs.filter((one) => one.window === window),
        ({ name, mix }) => (mix === "all" ? name : `${name}First`),
      );
      const told = [...by].map(([name, all]) => {
        const parts = Object.keys(all[0]!.loaded.server);
        const of = (part: string) =>
          round(median(all.map(({ loaded }) => loaded.server[part] ?? 0)), 2);
        const load = round(median(all.map(({ loaded }) => loaded.cores)), 2);
        return [name, { load, ...Object.fromEntries(parts.map((part) => [part, of(part)])) }];
      });
      return [`window${window}`, Object.fromEntries(told)];
    }),
  );
}

function told(runs: readonly Run[], rssMb: number | null): string[] {
  const rows = fieldsOf(runs).flatMap((fields) =>
    windowsOf(runs).map((window) => {
      const all = Object.entries(rates(runs, window, fields));
      const cells = all.map(([name, rate]) => `${name} ${grouped(rate)}/s`);
      return `${fields} field(s), window ${window}: ${cells.join(", ")}`;
    }),
  );
  return [...rows, `cores: ${JSON.stringify(cpuOf(runs))}`, `memory of the brain: ${rssMb} MB`];
}
