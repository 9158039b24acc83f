import { afterEach, beforeEach, expect, test } from "vitest";
import { minutes } from "#scenario";
import { simulatedAt } from "./drill-time.ts";
import { type Driven, drive } from "./drive.ts";
import { type Fault, outagesOf, withFaults } from "./faults.ts";
import { Fleet } from "./fleet.ts";
import { type Links, openLinks } from "./links.ts";
import { noon, samplePopulation, sampleScenarios } from "./sample.ts";
import { openBroker, type SampleBroker } from "./sample-broker.ts";

const population = samplePopulation();
const newFleet = () =>
  new Fleet({ population, scenarios: sampleScenarios, seed: 7, startAt: noon });

let broker: SampleBroker;
let links: Links | undefined;
beforeEach(async () => {
  broker = await openBroker();
});
afterEach(async () => {
  await links?.close();
  links = undefined;
  await broker.close();
});

const open = () =>
  openLinks({ population, url: broker.url, secretOf: (id) => `of-${id}`, seed: 1 });

/** Drives half an hour of the sample street in a third of a second, or until it is told to stop. */
async function run(more: Partial<Parameters<typeof drive>[0]> = {}): Promise<Driven> {
  links ??= await open();
  const time = { realAt: Date.now(), simAt: noon, speed: 6_000 };
  return drive({ source: newFleet(), links, time, forMs: 300, ...more });
}

type Told = { sensor: string; time: number; seq: number; values: unknown };
/** Every reading that came, copies too, in the order it came. */
const readings = (): Told[] =>
  broker.heard
    .filter(({ topic }) => topic.startsWith("readings/"))
    .flatMap(({ topic, payload }) => {
      const body = JSON.parse(payload) as Told | Told[];
      const sensor = topic.split("/")[2];
      return [body].flat().map((one) => ({ ...one, sensor: one.sensor ?? sensor! }));
    });
const statuses = (id: string) =>
  broker.heard.filter(({ topic }) => topic === `status/${id}`).map(({ payload }) => payload);

test("what the fleet says until the end is what the broker hears and acknowledges", async () => {
  const { tally, ackMs, until } = await run();
  const due = [...newFleet().dueBefore(until)];
  expect(until).toBeGreaterThanOrEqual(noon + minutes(30));
  const key = (sensor: string, time: number, seq: number, values: unknown) =>
    JSON.stringify([sensor, time, seq, values]);
  expect(
    readings()
      .map((one) => key(one.sensor, one.time, one.seq, one.values))
      .sort(),
  ).toEqual(due.map((one) => key(one.sensor.id, one.time, one.seq, one.values)).sort());
  expect(tally.sent + tally.refusedSent).toBe(due.length);
  expect(tally).toMatchObject({ acked: tally.sent, refusedAcked: tally.refusedSent, unsent: 0 });
  expect(tally.refusedSent).toBe(due.filter(({ refused }) => refused).length);
  expect(ackMs.count).toBe(tally.messages);
});

test("second copies go out, and are counted apart from what they copy", async () => {
  const source = withFaults(newFleet(), [{ kind: "duplicate", share: 1 }], 1);
  const { tally } = await run({ source });
  expect(readings()).toHaveLength(2 * (tally.sent + tally.refusedSent));
  expect(tally.copies).toBe(tally.sent + tally.refusedSent);
  expect(tally.refusedCopies).toBe(tally.refusedSent);
  expect(tally.acked).toBe(tally.sent);
});

test("a sensor speaks under its own topic, a gateway names each of its sensors", async () => {
  await run();
  const topics = new Set(broker.heard.map(({ client, topic }) => `${client} ${topic}`));
  expect(topics).toContain("w-a readings/well-a/w-a");
  expect(topics).toContain("gw readings/yard");
  expect([...topics].some((topic) => topic.startsWith("w-c "))).toBe(false);
  const behind = readings().filter(({ sensor }) => sensor === "w-c" || sensor === "w-d");
  expect(behind.length).toBeGreaterThan(8);
});

test("everybody has an own secret, says online at birth and offline on leaving", async () => {
  const logins = new Map<string, string>();
  broker.allows = (id, secret) => {
    logins.set(id, secret);
    return true;
  };
  await run();
  expect(logins.size).toBe(8);
  expect(logins.get("gw")).toBe("of-gw");
  await links!.close();
  expect(statuses("w-b")).toEqual(["online", "offline"]);
  expect(statuses("gw")).toEqual(["online", "offline"]);
  expect(
    broker.heard.filter(({ topic }) => topic.startsWith("status/")).every(({ retain }) => retain),
  ).toBe(true);
});

test("no sensor has two messages on their way; what waited goes as one array", async () => {
  let release = () => {};
  let count = 0;
  const holdUntil = Date.now() + 800; // after it nothing is held, however few came on a busy machine
  broker.onPublish = ({ topic }) => {
    const over = Date.now() > holdUntil;
    if (over || !topic.startsWith("readings/") || ++count % 40 === 0) release();
    if (over || !topic.startsWith("readings/hall")) return;
    const before = release;
    return new Promise<void>((resolve) => {
      release = () => {
        before();
        resolve();
      };
    });
  };
  const { tally } = await run({ forMs: 1_500 });
  release();
  expect(broker.mostWaiting()).toBe(1);
  expect(tally.acked).toBe(tally.sent);
  expect(tally.messages).toBeLessThan(tally.sent);
});

test("connections that break under way lose nothing, and keep each sensor's order", async () => {
  let count = 0;
  broker.onPublish = ({ topic }) => {
    if (!topic.startsWith("readings/")) return;
    if (++count === 60 || count === 150) {
      broker.breakAll();
      return new Promise(() => {}); // what came last is never acknowledged
    }
  };
  const { tally, until } = await run({ forMs: 3_000 });
  const due = [...newFleet().dueBefore(until)];
  expect(tally.sent + tally.refusedSent).toBe(due.length);
  expect(tally.acked).toBe(tally.sent);
  expect(links!.troubles().count).toBeGreaterThanOrEqual(16);
  const came = readings();
  expect(came.length).toBeGreaterThan(due.length); // the unacknowledged went twice
  for (const [sensor, own] of Map.groupBy(came, (one) => one.sensor)) {
    const seqs = own.map(({ seq }) => seq).filter((seq, at, all) => all.indexOf(seq) === at);
    expect(seqs, sensor).toEqual(seqs.map((_, index) => index + 1));
  }
});

test("when it is stopped it waits for what is on its way", async () => {
  const stop = new AbortController();
  const held: (() => void)[] = [];
  broker.onPublish = ({ topic }) => {
    if (!topic.startsWith("readings/") || stop.signal.aborted) return;
    return new Promise<void>((resolve) => {
      held.push(resolve);
      if (held.length < 5) return;
      stop.abort();
      setImmediate(() => held.splice(0).forEach((release) => void release()));
    });
  };
  const { tally } = await run({ signal: stop.signal, forMs: 60_000 });
  expect(tally.sent).toBeGreaterThanOrEqual(5);
  expect(tally.acked + tally.refusedAcked).toBe(tally.sent + tally.refusedSent);
  expect(readings()).toHaveLength(tally.sent + tally.refusedSent);
});

test("a gateway that is lost goes silent, leaves its last will, and comes back", async () => {
  links = await open();
  const losses: Fault[] = [
    { kind: "gateway-loss", gatewayId: "gw", from: noon + minutes(60), to: noon + minutes(90) },
  ];
  const source = withFaults(newFleet(), losses, 1);
  const outages = outagesOf(losses, population.sensors, 1);
  await run({ source, outages, forMs: 3_000 });
  expect(statuses("gw")).toEqual(["online", "offline", "online"]);
  const behind = readings().filter(({ sensor }) => sensor === "w-c");
  expect(behind.some(({ time }) => time >= noon + minutes(60) && time < noon + minutes(90))).toBe(
    false,
  );
  expect(behind.at(-1)!.time).toBeGreaterThan(noon + minutes(90));
});

test("a missing secret, a refused one and a broker that is not there are told apart", async () => {
  const url = broker.url;
  const opening = (more: object) =>
    openLinks({ population, url, secretOf: () => "x", seed: 1, patienceMs: 400, ...more });
  await expect(opening({ secretOf: () => undefined })).rejects.toThrow(/no secret for .*rotate/);
  broker.allows = () => false;
  await expect(opening({})).rejects.toThrow(
    /Nobody could connect to mqtt:.*(authorized|password)/i,
  );
  await expect(opening({ url: "mqtt://127.0.0.1:1" })).rejects.toThrow(/ECONNREFUSED/);
});

test("a fleet of which some are refused goes on with the others", async () => {
  broker.allows = (id) => id !== "w-a";
  links = await openLinks({
    population,
    url: broker.url,
    secretOf: () => "x",
    seed: 1,
    patienceMs: 1_000,
  });
  expect(links.up()).toBe(7);
  const stop = new AbortController();
  broker.onPublish = ({ client }) => {
    if (client === "w-b") stop.abort();
  };
  const { tally } = await run({ signal: stop.signal });
  expect(tally.acked).toBe(tally.sent);
  expect(readings().some(({ sensor }) => sensor === "w-a")).toBe(false);
  expect(readings().some(({ sensor }) => sensor === "w-b")).toBe(true);
});

test("the simulated clock runs at the brain's speed from the brain's own instant", () => {
  const time = { realAt: 1_000, simAt: noon, speed: 60 };
  expect(simulatedAt(time, 1_000)).toBe(noon);
  expect(simulatedAt(time, 6_000)).toBe(noon + minutes(5));
});
