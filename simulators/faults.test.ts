import { expect, test } from "vitest";
import { minutes } from "#scenario";
import { readFault } from "./fault-text.ts";
import { type Fault, outagesOf, Touches, withFaults } from "./faults.ts";
import { Fleet, type Sample } from "./fleet.ts";
import { noon, samplePopulation, sampleScenarios } from "./sample.ts";

const HOURS = 10;
const end = noon + minutes(60 * HOURS);
const fleet = () =>
  new Fleet({ population: samplePopulation(), scenarios: sampleScenarios, seed: 7, startAt: noon });
/** All that leaves within ten hours; `steps` asks for it in so many pieces. */
function run(faults: readonly Fault[], seed = 1, steps = 1): Sample[] {
  const source = withFaults(fleet(), faults, seed);
  return Array.from({ length: steps }, (_, step) => [
    ...source.dueBefore(noon + ((end - noon) * (step + 1)) / steps),
  ]).flat();
}
const clean = run([]);
const key = ({ sensor, seq }: Sample) => `${sensor.id}#${seq}`;
const byKey = new Map(clean.map((sample) => [key(sample), sample]));

const every: Fault[] = [
  { kind: "drop", share: 0.05 },
  { kind: "duplicate", share: 0.05 },
  { kind: "delay", share: 0.2, by: minutes(3) },
  { kind: "reorder", share: 0.05 },
  { kind: "skew", share: 0.3, by: minutes(-4) },
  { kind: "stuck", share: 0.2 },
  { kind: "drift", share: 0.3, perHour: 0.1 },
  { kind: "spike", share: 0.05, by: 10 },
  { kind: "gateway-loss", gatewayId: "gw", from: noon + minutes(60), to: noon + minutes(90) },
];

test("the same seed makes the same faults, however they are asked for; another others", () => {
  const once = run(every);
  expect(run(every, 1, 97)).toEqual(once);
  expect(run(every, 2)).not.toEqual(once);
});

test("whatever goes wrong, samples leave in order of time", () => {
  const times = run(every).map(({ at }) => at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test("a share of readings is dropped, and the rest is untouched", () => {
  const rest = run([{ kind: "drop", share: 0.1 }]);
  expect(rest.length / clean.length).toBeCloseTo(0.9, 1);
  expect(rest.length).toBeLessThan(clean.length);
  for (const sample of rest) expect(sample).toEqual(byKey.get(key(sample)));
});

test("a duplicate is the very same reading, marked as a copy, and follows its original", () => {
  const samples = run([{ kind: "duplicate", share: 0.1 }]);
  const copies = samples.filter(({ copy }) => copy);
  expect(samples.length - copies.length).toBe(clean.length);
  expect(copies.length / clean.length).toBeCloseTo(0.1, 1);
  for (const { copy, ...sample } of copies) expect(sample).toEqual(byKey.get(key(sample)));
  expect(samples.findIndex(({ copy }) => copy)).toBeGreaterThan(0);
});

test("a dropped reading has no copy that arrives in its stead", () => {
  const samples = run([
    { kind: "duplicate", share: 0.5 },
    { kind: "drop", share: 0.5 },
  ]);
  const originals = new Set(samples.filter(({ copy }) => !copy).map(key));
  for (const sample of samples) expect(originals.has(key(sample))).toBe(true);
});

test("a delayed reading keeps its own time and comes at most so much later", () => {
  const samples = run([{ kind: "delay", share: 1, by: minutes(3) }]);
  const lateness = samples.map((sample) => sample.at - byKey.get(key(sample))!.at);
  expect(Math.min(...lateness)).toBeGreaterThan(0);
  expect(Math.max(...lateness)).toBeLessThanOrEqual(minutes(3));
  expect(Math.max(...lateness)).toBeGreaterThan(minutes(2));
  expect(samples.every((sample) => sample.time === byKey.get(key(sample))!.time)).toBe(true);
});

test("a reading out of order comes right after the sensor's next one", () => {
  const wells = run([{ kind: "reorder", share: 0.3 }]).filter(({ sensor }) => sensor.id === "w-b");
  const seqs = wells.map(({ seq }) => seq);
  expect(seqs.some((seq, index) => index > 0 && seq < seqs[index - 1]!)).toBe(true);
  for (const [index, seq] of seqs.entries()) expect(Math.abs(seq - (index + 1))).toBeLessThan(2);
});

test("a skewed clock is wrong by the same amount all along, and only in some sensors", () => {
  const samples = run([{ kind: "skew", share: 0.5, by: minutes(4) }]);
  const offs = Map.groupBy(samples, ({ sensor }) => sensor.id);
  const skews = [...offs.values()].map((own) => new Set(own.map(({ at, time }) => time - at)));
  expect(skews.every((skew) => skew.size === 1)).toBe(true);
  expect(new Set(skews.map((skew) => [...skew][0]))).toEqual(new Set([0, minutes(4)]));
});

test("a stuck sensor repeats its first values", () => {
  const samples = run([{ kind: "stuck", share: 1 }]);
  for (const own of Map.groupBy(samples, ({ sensor }) => sensor.id).values())
    expect(own.every(({ values }) => values === own[0]!.values)).toBe(true);
});

test("drift and spikes change what is measured, never counts, codes or truth", () => {
  const spiked = run([{ kind: "spike", share: 1, by: 10 }]);
  const drifted = run([{ kind: "drift", share: 1, perHour: 0.1 }]);
  for (const sample of spiked.filter(({ sensor }) => sensor.scenario === "well")) {
    const { levelM, turns } = byKey.get(key(sample))!.values;
    expect(sample.values).toEqual({ levelM: (levelM as number) * 10, turns });
  }
  for (const sample of [...spiked, ...drifted].filter(({ sensor }) => sensor.scenario === "hall"))
    expect(sample.values).toEqual({ people: 5, open: true });
  const last = drifted.findLast(({ sensor }) => sensor.id === "w-b")!;
  const ratio = (last.values.levelM as number) / (byKey.get(key(last))!.values.levelM as number);
  expect(ratio).toBeCloseTo(2, 1);
});

test("while a gateway is lost nothing of its sensors comes, and all of the others does", () => {
  const loss = every.at(-1)! as Extract<Fault, { kind: "gateway-loss" }>;
  const samples = run([loss]);
  const during = ({ at }: Sample) => at >= loss.from && at < loss.to;
  const behind = ({ sensor }: Sample) => sensor.gatewayId === "gw";
  expect(samples.filter((one) => during(one) && behind(one))).toEqual([]);
  expect(clean.filter((one) => during(one) && behind(one)).length).toBe(12);
  expect(samples.length).toBe(clean.length - 12);
});

test("in a reboot storm nothing is told, then all speak within seconds and count from 1 again", () => {
  const [from, to] = [noon + minutes(60), noon + minutes(80)];
  const storm: Fault = { kind: "reboot-storm", share: 1, from, to };
  const touches = new Touches();
  const samples = [...withFaults(fleet(), [storm], 1, touches).dueBefore(end)];
  const times = samples.map(({ at }) => at);
  expect(times.filter((at) => at >= from && at < to)).toEqual([]);
  const hit = new Set(
    clean.filter(({ at }) => at >= from && at < to).map(({ sensor }) => sensor.id),
  );
  const back = samples.filter(({ at }) => at >= to && at < to + 5_000);
  for (const id of hit) expect(back.map(({ sensor }) => sensor.id)).toContain(id);
  for (const [id, own] of Map.groupBy(samples, ({ sensor }) => sensor.id)) {
    const after = own.filter(({ at }) => at >= to).map(({ seq }) => seq);
    expect([id, after]).toEqual([id, after.map((_, index) => index + 1)]);
  }
  const touched = touches.all().flatMap(({ at }) => at);
  expect(touched.length).toBeGreaterThan(0);
  expect(touched.every((at) => at >= from && at < to)).toBe(true);
});

test("a storm breaks the connections of those it hits: gateways with all they speak for", () => {
  const { sensors } = samplePopulation();
  const storm: Fault = { kind: "reboot-storm", share: 0.5, from: noon, to: noon + minutes(5) };
  const broken = new Set(outagesOf([storm], sensors, 3).map(({ id }) => id));
  expect(broken.size).toBeGreaterThan(0);
  expect(broken.size).toBeLessThan(8);
  const source = withFaults(fleet(), [storm], 3);
  const mute = [...source.dueBefore(noon + minutes(5))].map(({ sensor }) => sensor);
  for (const { id, gatewayId } of mute) expect(broken).not.toContain(gatewayId ?? id);
  const told = clean.filter(({ at }) => at < noon + minutes(5)).map(({ sensor }) => sensor);
  expect(told.filter(({ id, gatewayId }) => broken.has(gatewayId ?? id)).length).toBeGreaterThan(0);
});

test("a battery runs down, dies at an instant of its own, and its sensor is never heard again", () => {
  const [from, to] = [noon + minutes(60), noon + minutes(300)];
  const samples = run([{ kind: "battery", share: 1, from, to }]);
  const lasts = [...Map.groupBy(samples, ({ sensor }) => sensor.id).values()].map(
    (own) => own.at(-1)!.at,
  );
  expect(Math.max(...lasts)).toBeLessThan(to);
  expect(new Set(lasts.map((at) => Math.floor(at / minutes(10)))).size).toBeGreaterThan(2);
  const cells = { ...clean[0]!, values: { batteryPct: 80, levelM: 2 } };
  const one = {
    *dueBefore() {
      for (let at = from; at < to; at += minutes(5)) yield { ...cells, at, time: at };
    },
  };
  const left = [...withFaults(one, [{ kind: "battery", share: 1, from, to }], 1).dueBefore(to)].map(
    ({ values }) => values.batteryPct as number,
  );
  expect(left).toEqual(left.toSorted((a, b) => b - a));
  expect([left[0], Number.isInteger(left[1])]).toEqual([80, true]);
  expect(left.at(-1)).toBeLessThan(10);
});

test("what a fault has touched is noted, sensor by sensor, and nothing else", () => {
  const touches = new Touches();
  const source = withFaults(fleet(), [{ kind: "drop", share: 0.1 }], 1, touches);
  const rest = new Set([...source.dueBefore(end)].map(key));
  const dropped = clean.filter((sample) => !rest.has(key(sample)));
  const noted = touches
    .all()
    .flatMap(({ kind, sensorId, at }) => at.map((t) => [kind, sensorId, t]));
  expect(noted.length).toBe(dropped.length);
  expect(noted).toEqual(
    expect.arrayContaining(dropped.map(({ sensor, at }) => ["drop", sensor.id, at])),
  );
});

test("faults are read as a tester writes them, and what cannot be read is quoted", () => {
  const read = (text: string) => readFault(text, noon);
  expect(read("drop:2%")).toEqual({ kind: "drop", share: 0.02 });
  expect(read("duplicate:0.5")).toEqual({ kind: "duplicate", share: 0.5 });
  expect(read("delay:5%:90s")).toEqual({ kind: "delay", share: 0.05, by: 90_000 });
  expect(read("skew:10%:-3min")).toEqual({ kind: "skew", share: 0.1, by: -180_000 });
  expect(read("drift:5%:20%")).toEqual({ kind: "drift", share: 0.05, perHour: 0.2 });
  expect(read("spike:0.1%:10")).toEqual({ kind: "spike", share: 0.001, by: 10 });
  expect(read("gateway-loss:gw@10min+5min")).toEqual({
    kind: "gateway-loss",
    gatewayId: "gw",
    from: noon + minutes(10),
    to: noon + minutes(15),
  });
  expect(read("reboot-storm:30%@10min+2min")).toEqual({
    kind: "reboot-storm",
    share: 0.3,
    from: noon + minutes(10),
    to: noon + minutes(12),
  });
  expect(read("battery:2%@1h+90min")).toMatchObject({ share: 0.02, to: noon + minutes(150) });
  const wrong = [
    "drop",
    "battery:2%",
    "reboot-storm:x@1min+1min",
    "battery:200%@1min+1min",
    "drop:120%",
    "drop:2%:3",
    "delay:5%",
    "delay:5%:-1s",
    "skew:1%:5",
    "spike:1%",
  ];
  for (const text of [...wrong, "gateway-loss:gw", "flood:1%", "drop:2%:", "drift:1%:x"])
    expect(() => read(text), text).toThrow(`"${text}"`);
});
