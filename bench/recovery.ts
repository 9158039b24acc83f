// Whether anything that was acknowledged is lost, doubled or judged otherwise when the brain is
// killed again and again under load. Gateways write down every acknowledgement; at the end the
// history must have each of those readings exactly once, and the records must be those of a judge
// that judged the same log without a kill, byte for byte.

import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { bench, type Outcome, type Values } from "./parts/bench.ts";
import { type Brain, register, startBrain } from "./parts/brain.ts";
import { freePort } from "./parts/brokers.ts";
import { grouped, median, round } from "./parts/numbers.ts";
import { judgeAgain, openCopy } from "./parts/recovery/clean-run.ts";
import {
  type Difference,
  differenceOf,
  type Kept,
  keptIn,
  recordsIn,
  type Table,
  unmet,
} from "./parts/recovery/compare.ts";
import { type Disk, openDisk } from "./parts/recovery/power.ts";
import { openRemains, recordsLeft } from "./parts/recovery/remains.ts";
import { Sender } from "./parts/recovery/sender.ts";
import { Story } from "./parts/recovery/story.ts";
import { type Street, streetOf } from "./parts/street.ts";
import type { Workshop } from "./parts/workshop.ts";

const controls = {
  none: [],
  "ack-before-append": [new URL("control-ack-before-append.ts", import.meta.url)],
  "no-sync": [new URL("control-no-sync.ts", import.meta.url)],
} as const;

export const recovery = bench(
  "kill -9 (or a power cut) under load: nothing acknowledged lost, doubled or judged otherwise",
  {
    kills: { asks: "kills under load, 150 to 1,500 ms after it was ready", default: "50" },
    "startup-kills": { asks: "more of them before it was ready", default: "5" },
    sensors: { asks: "sensors in the register, all heard before the first kill", default: "21000" },
    gateways: { asks: "connections that speak for them", default: "200" },
    rate: { asks: "readings a second; a storm is 20 times 70", default: "2000" },
    presses: { asks: "lifts that get into trouble between two kills", default: "12" },
    settle: { asks: "seconds after the last kill, for holds to run out", default: "70" },
    power: { asks: "cuts the power of a loop device instead (root)", default: false },
    control: {
      asks: `a fault that must turn it red: ${Object.keys(controls).join(", ")} (with power cuts)`,
      default: "none",
    },
    "ready-within": { asks: "seconds from a start to the first acknowledgement", default: "3" },
  },
  run,
);

/** A start that takes longer has failed. */
const START_MS = 60_000;
const WINDOW = 20;
/** A brain that is told to stop comes to the end of so few entries in time. */
const FEW_ENTRIES = 20;
const LOOK_MS = 200;
/** Gateways that wait for their next try are told to try now. */
const HURRY_MS = 50;

type Scene = {
  shop: Workshop;
  values: Values;
  data: string;
  disk: Disk | null;
  imports: readonly URL[];
  port: number;
  street: Street;
  story: Story;
  sender: Sender;
  copy: ReturnType<typeof openCopy>;
  brain: Brain;
  /** Seconds from each start to the first acknowledgement. */
  ready: number[];
  /** Seconds from each start until the judge was at work and no more than a moment behind. */
  judging: number[];
};

async function run(shop: Workshop, values: Values): Promise<Outcome> {
  const scene = await open(shop, values);
  const kills = values.number("kills");
  const startupKills = values.number("startup-kills");
  let broken: string | null = null;
  try {
    for (let kill = 1; kill <= kills; kill++) {
      await liveAndDie(scene);
      if (kill % Math.ceil(kills / (startupKills || Infinity)) === 0) await dieYoung(scene);
      await startAgain(scene);
      const { ready, judging, sender } = scene;
      const acked = grouped(sender.ackedCount);
      shop.note(
        `kill ${kill} of ${kills}: acknowledging again after ${ready.at(-1)} s, ` +
          `judging after ${judging.at(-1)} s, ${acked} acknowledged`,
      );
    }
    await settle(scene);
  } catch (error) {
    broken = (error as Error).message;
    shop.note(`it cannot go on: ${broken}`);
  }
  return conclude(scene, broken);
}

async function open(shop: Workshop, values: Values): Promise<Scene> {
  const control = values.text("control") as keyof typeof controls;
  const imports = controls[control];
  if (!imports)
    throw new RangeError(`--control is "${control}": give ${Object.keys(controls).join(" or ")}`);
  const isCut = values.flag("power") || control === "no-sync";
  const disk = isCut ? openDisk(shop) : null;
  const data = join(disk?.folder ?? shop.folder("data"), "brain");
  const street = streetOf(data, values.number("sensors"), values.number("gateways"));
  const port = await freePort();
  const story = new Story(street);
  const sensors = Map.groupBy(street.heard, ({ gatewayId }) => gatewayId ?? "");
  const gateways = [...sensors].map(([id, own]) => {
    return { id, password: street.secretOf(id), sensors: own };
  });
  const read: Story["read"] = (sensor, at) => story.read(sensor, at);
  const rate = values.number("rate");
  const sender = new Sender({ port, gateways, window: WINDOW, rate, read });
  shop.finally(() => sender.close());
  const copy = openCopy(data, shop.folder("copy"));
  const brain = await startBrain(shop, { folder: data, imports, mqttPort: port });
  await register(brain, street.changes);
  sender.connect();
  sender.send();
  await sender.until(() => sender.acked.size === street.heard.length);
  shop.note(`${grouped(sender.acked.size)} sensors were heard; they are killed from now on`);
  const parts = { shop, values, data, disk, imports, port, street, story, sender, copy };
  return { ...parts, brain, ready: [], judging: [] };
}

const between = (least: number, most: number): number => least + Math.random() * (most - least);

async function liveAndDie(scene: Scene): Promise<void> {
  const { story, values, brain } = scene;
  story.stage(values.number("presses"), Date.now());
  await pause(between(150, 1_500));
  await die(scene, brain);
}

async function die({ disk, copy }: Scene, brain: Pick<Brain, "kill">): Promise<void> {
  disk?.cut();
  await brain.kill();
  disk?.restore();
  await copy.take();
}

/** A start that is killed somewhere on its way. */
async function dieYoung(scene: Scene): Promise<void> {
  const { shop, data, imports, port } = scene;
  const killed = Promise.withResolvers<void>();
  const asked = { folder: data, imports, mqttPort: port, errors: "ignore" as const };
  const starting = startBrain(shop, asked, (program) => {
    const kill = () => {
      program.kill("SIGKILL");
      program.ended.then(() => killed.resolve(), killed.reject);
    };
    setTimeout(kill, between(100, 1_200));
  });
  starting.catch(() => {}); // it was killed before it was ready
  await killed.promise;
  await die(scene, { kill: async () => {} });
}

async function startAgain(scene: Scene): Promise<void> {
  const { shop, data, imports, port, sender } = scene;
  const before = sender.ackedCount;
  const began = performance.now();
  const since = () => round((performance.now() - began) / 1_000, 2);
  const abort = new AbortController();
  const late = pause(START_MS, undefined, { signal: abort.signal, ref: false }).then(() => {
    throw new Error(`no acknowledgement within ${START_MS / 1_000} s after a start`);
  });
  late.catch(() => {}); // told by the race, or aborted
  const up = async () => {
    scene.brain = await startBrain(shop, { folder: data, imports, mqttPort: port });
    while (!(await fetch(`${scene.brain.run.http}/readyz`)).ok) await pause(20);
    scene.judging.push(since());
  };
  const heard = async () => {
    const hurrying = setInterval(() => sender.hurry(), HURRY_MS);
    await sender.until(() => sender.ackedCount > before);
    clearInterval(hurrying);
    scene.ready.push(since());
  };
  await Promise.race([Promise.all([up(), heard()]), late]);
  abort.abort();
}

/** Holds run out, everything is answered, and the brain ends as it should. */
async function settle(scene: Scene): Promise<void> {
  const { shop, values, sender, copy } = scene;
  const seconds = values.number("settle");
  shop.note(`waiting ${seconds} s for holds to run out`);
  await pause(seconds * 1_000);
  await sender.rest();
  while (await isBehind(scene.brain)) await pause(LOOK_MS);
  await scene.brain.stop();
  await copy.take();
}

const isBehind = async (brain: Brain): Promise<boolean> => {
  const { judgedTo, historyTo, logHead } = (await brain.stats()).health;
  return Math.min(judgedTo, historyTo) < logHead - FEW_ENTRIES;
};

async function conclude(scene: Scene, broken: string | null): Promise<Outcome> {
  const { shop, values, data, street, story, sender, copy, ready, judging } = scene;
  sender.close();
  await scene.brain.kill();
  const acked = sender.ackedCount;
  shop.note(`comparing ${grouped(acked)} acknowledged readings with the history`);
  const remains = await openRemains(data, broken !== null);
  const kept = await keptIn(remains.pointsOf, sender.acked, (done) => {
    shop.note(`  ${grouped(done)} of ${grouped(street.heard.length)} sensors`);
  });
  await remains.close();
  const { position, time } = copy.head();
  copy.close();
  shop.note(`judging the log once more, ${grouped(position)} entries`);
  await judgeAgain(copy.folder);
  const clean = recordsIn(join(copy.folder, "brain.db"));
  const live = recordsLeft(data, broken !== null);
  const tables = Object.keys(clean) as Table[];
  const differences = Object.fromEntries(
    tables.map((table) => [table, differenceOf(clean[table], live[table])]),
  ) as Record<Table, Difference>;
  const missed = unmet(story.expected(), live, time ?? 0);
  const result = {
    kills: ready.length,
    acked,
    missing: kept.missing,
    doubled: kept.doubled,
    alertsLost: differences.transitions.lost + missed.length,
    alertsDoubled: differences.transitions.added,
    readySecondsMax: ready.length === 0 ? null : Math.max(...ready),
    readySecondsMedian: ready.length === 0 ? null : median(ready),
    judgingSecondsMax: judging.length === 0 ? null : Math.max(...judging),
    judgingSecondsMedian: judging.length === 0 ? null : median(judging),
    startupKills: values.number("startup-kills"),
    alerts: live.alerts.size,
    transitions: live.transitions.size,
    expectedAlerts: story.expected().filter(({ dueAt }) => dueAt <= (time ?? 0)).length,
    entries: position,
    differences,
  };
  const slow = (result.readySecondsMax ?? 0) > values.number("ready-within");
  const failures = [
    ...(broken === null ? [] : [broken]),
    ...keptFailures(kept),
    ...tables.flatMap((table) => differing(table, differences[table])),
    ...(missed.length > 0 ? [`${missed.length} alerts not on record, as ${missed[0]}`] : []),
    ...(slow ? [`a start took ${result.readySecondsMax} s to the first acknowledgement`] : []),
  ];
  return { result, told: told(result), failures };
}

function keptFailures({ missing, doubled, wrong, strange }: Kept): string[] {
  return [
    ...(missing > 0 ? [`${grouped(missing)} acknowledged readings are not in the history`] : []),
    ...(doubled > 0 ? [`${grouped(doubled)} readings are in the history more than once`] : []),
    ...(wrong > 0 ? [`${grouped(wrong)} readings are in the history with other values`] : []),
    ...(strange > 0 ? [`${grouped(strange)} readings in the history were never sent`] : []),
  ];
}

function differing(table: Table, { lost, added, changed, first }: Difference): string[] {
  if (lost + added + changed === 0) return [];
  const how = `${lost} lost, ${added} too many, ${changed} not the same`;
  return [`${table} differ from a run without kills: ${how}; the first: ${first?.slice(0, 600)}`];
}

const told = (result: {
  kills: number;
  startupKills: number;
  acked: number;
  missing: number;
  doubled: number;
  alertsLost: number;
  alertsDoubled: number;
  transitions: number;
  alerts: number;
  readySecondsMax: number | null;
  readySecondsMedian: number | null;
  judgingSecondsMax: number | null;
  judgingSecondsMedian: number | null;
}): string[] => [
  `${result.kills} kills under load and ${result.startupKills} more while it started`,
  `${grouped(result.acked)} readings acknowledged: ` +
    `${result.missing} missing, ${result.doubled} doubled`,
  `${grouped(result.alerts)} alerts, ${grouped(result.transitions)} transitions: ` +
    `${result.alertsLost} lost, ${result.alertsDoubled} doubled against a run without kills`,
  `acknowledging again after ${result.readySecondsMedian} s (median), ` +
    `${result.readySecondsMax} s (longest); judging after ${result.judgingSecondsMedian} s, ` +
    `${result.judgingSecondsMax} s`,
];
