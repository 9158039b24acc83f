import { expect, test } from "vitest";
import { type AnyScenario, minutes } from "#scenario";
import { Fleet, type FleetOptions, type Sample, stretchFor } from "./fleet.ts";
import { noon, samplePopulation, sampleScenarios, well } from "./sample.ts";

const options = (more: Partial<FleetOptions> = {}): FleetOptions => ({
  population: samplePopulation(),
  scenarios: sampleScenarios,
  seed: 7,
  startAt: noon,
  ...more,
});
const hour = (fleet: Fleet): Sample[] => [...fleet.dueBefore(noon + minutes(60))];
const of = (samples: readonly Sample[], id: string) =>
  samples.filter(({ sensor }) => sensor.id === id);
const brief = ({ sensor, at, values, seq }: Sample) => ({ id: sensor.id, at, values, seq });

test("the same seed tells the same hour to the last digit, another seed another one", () => {
  const first = hour(new Fleet(options())).map(brief);
  expect(hour(new Fleet(options())).map(brief)).toEqual(first);
  expect(hour(new Fleet(options({ seed: 8 }))).map(brief)).not.toEqual(first);
});

test("asking in many small steps gives the same samples as asking once", () => {
  const once = hour(new Fleet(options())).map(brief);
  const stepped = new Fleet(options());
  const pieces: ReturnType<typeof brief>[] = [];
  for (let at = noon; at <= noon + minutes(60); at += 777)
    pieces.push(...[...stepped.dueBefore(Math.min(at + 777, noon + minutes(60)))].map(brief));
  expect(pieces).toEqual(once);
});

test("a sensor tells the same whether or not others are in the fleet", () => {
  const alone = samplePopulation(
    ["w-a", "w-a2", "w-c", "w-d", "h-1", "h-2", "p-1", "p-2"].map((id) => ({
      remove: "sensor" as const,
      id,
    })),
  );
  expect(hour(new Fleet(options({ population: alone }))).map(brief)).toEqual(
    of(hour(new Fleet(options())), "w-b").map(brief),
  );
});

test("samples come in order of time, at the scenario's pace, numbered without holes", () => {
  const samples = hour(new Fleet(options()));
  expect(samples.map(({ at }) => at)).toEqual(samples.map(({ at }) => at).sort((a, b) => a - b));
  const wells = of(samples, "w-b");
  expect(wells).toHaveLength(12);
  expect(wells.map(({ seq }) => seq)).toEqual(wells.map((_, index) => index + 1));
  const gaps = wells.slice(1).map(({ at }, index) => at - wells[index]!.at);
  for (const gap of gaps) expect(Math.abs(gap - minutes(5))).toBeLessThan(minutes(5) * 0.05);
  expect(new Set(gaps).size).toBeGreaterThan(1);
});

test("two sensors of a site know which of them they are, and are not in step", () => {
  const samples = hour(new Fleet(options()));
  const [first, second] = [of(samples, "w-a"), of(samples, "w-a2")];
  expect(second[0]!.values.levelM).toBeGreaterThan((first[0]!.values.levelM as number) + 0.5);
  expect(first[0]!.at).not.toBe(second[0]!.at);
});

test("an incident shows at its site only, and only while it lasts", () => {
  const staged = {
    scenario: "well",
    incident: "full",
    siteId: "well-a",
    from: noon + minutes(20),
    to: noon + minutes(40),
    knockOn: [],
  };
  const samples = hour(new Fleet(options({ staged: [staged] })));
  const high = samples.filter(({ values }) => (values.levelM as number) > 6);
  expect(new Set(high.map(({ sensor }) => sensor.id))).toEqual(new Set(["w-a", "w-a2"]));
  expect(high.every(({ at }) => at >= staged.from && at < staged.to)).toBe(true);
  expect(high).toHaveLength(8);
});

test("a sensor that is mute sends nothing and loses no number", () => {
  const staged = {
    scenario: "well",
    incident: "mute",
    siteId: "well-b",
    from: noon + minutes(20),
    to: noon + minutes(40),
    knockOn: [],
  };
  const wells = of(hour(new Fleet(options({ staged: [staged] }))), "w-b");
  expect(wells).toHaveLength(8);
  expect(wells.at(-1)!.seq).toBe(8);
});

test("a person's readings without consent are sent and marked as ones to refuse", () => {
  const samples = hour(new Fleet(options()));
  expect(of(samples, "p-1").every(({ refused }) => !refused)).toBe(true);
  expect(of(samples, "p-2").length).toBeGreaterThan(50);
  expect(of(samples, "p-2").every(({ refused }) => refused)).toBe(true);
});

test("a wanted rate stretches all periods alike; one that looks like silence is refused", () => {
  const population = samplePopulation();
  const natural = new Fleet(options()).ratePerSecond;
  const stretch = stretchFor(60 * natural * 5, 60, { population, scenarios: sampleScenarios });
  const fast = new Fleet(options({ stretch }));
  expect(fast.ratePerSecond).toBeCloseTo(natural * 5, 3);
  expect(of(hour(fast), "w-b").length).toBe(60);
  expect(() => stretchFor(0.001, 60, { population, scenarios: sampleScenarios })).toThrow(
    /rate 0\.001.*at least/i,
  );
});

test("a site without the facts its scenario needs is named with its remedy", () => {
  const strange = samplePopulation([
    { put: "sensor", value: { id: "x", scenario: "well", siteId: "nowhere" } },
  ]);
  expect(() => new Fleet(options({ population: strange }))).toThrow(/x.*nowhere.*register/);
});

test("a sensor of events looks once in every minute, so that it never misses an end", () => {
  const looking: AnyScenario = { ...well, every: minutes(1), silentAfter: minutes(2_880) };
  const scenarios = [looking, ...sampleScenarios.slice(1)];
  const fleet = new Fleet({ population: samplePopulation(), scenarios, seed: 5, startAt: noon });
  const samples = [...fleet.dueBefore(noon + minutes(600))];
  const looks = samples.filter(({ sensor }) => sensor.id === "w-b").map(({ at }) => at);
  expect(looks.map((at) => Math.floor((at - noon) / minutes(1)))).toEqual(
    Array.from({ length: 600 }, (_, minute) => minute),
  );
});
