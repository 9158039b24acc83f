// Fire and blocked lane of one compound, told by several scenarios: whichever comes first.

import { expect, test } from "vitest";
import { type AnyScenario, defineRule, type Grade, minutes, Type } from "../../src/core/index.ts";
import { type Line, type Places, playAcross } from "../../src/testing/across.ts";
import { anyWords } from "../../src/testing/ask.ts";
import { defaultsOf } from "../../src/testing/defaults.ts";
import smokeAlarm from "../smoke-alarm/index.ts";
import fireLane from "./index.ts";
import type { Params } from "./schema.ts";
import { withFire } from "./with-fire.ts";

const places: Places = {
  garden: { kind: "compound", facts: {} },
  court: { kind: "compound", facts: {} },
  house: { kind: "building", in: "garden", facts: {} },
  flat: { kind: "flat", in: "house", facts: {} },
  gate: { kind: "fire-lane", in: "garden", facts: {} },
  elsewhere: { kind: "flat", in: "court", facts: {} },
};
const plays = (lines: Line[]) =>
  expect(playAcross([fireLane, smokeAlarm], places, lines)).toEqual(lines);

const lane = (sensor = "lane-1") => ({ scenario: "fire-lane-occupation", site: "garden", sensor });
const flat = (site = "flat") => ({ scenario: "smoke-alarm", site });
const taken = { status: "occupied", laneType: "fireLane" };
const free = { status: "free", laneType: "fireLane" };
const smoke = { smokeAlarm: true, muted: true };
const fired = (site = "flat") => `${site}: smoke-alarm/smoke fired orange`;
/** What the lane's alert says of its fire; the id is that of the smoke's own alert. */
const isRed = /^garden: fire-lane-occupation\/withFire fired red \(fire:smoke-alarm~smoke~flat~/;

test("smoke in a flat while a car stands on the lane is red at once, and ends when it goes", () => {
  const lines: Line[] = [
    ["0m", lane(), taken],
    ["1m", flat(), smoke],
    ["2m", lane(), free],
  ];
  const [, smoky, gone] = playAcross([fireLane, smokeAlarm], places, lines);
  expect(smoky!.slice(3)).toEqual([fired(), expect.stringMatching(isRed)]);
  expect(gone!.slice(3)).toEqual(["garden: fire-lane-occupation/withFire resolved red"]);
});

test("a car that comes while the fire is open is red at once", () => {
  const lines: Line[] = [
    ["0m", flat(), smoke],
    ["1m", lane(), free],
    ["2m", lane(), taken],
  ];
  const told = playAcross([fireLane, smokeAlarm], places, lines);
  expect(told[1]!.slice(3)).toEqual([]);
  expect(told[2]!.slice(3)).toEqual([expect.stringMatching(isRed)]);
});

test("smoke in another compound, or a car on the pavement, is no such matter", () => {
  plays([
    ["0m", lane(), taken],
    ["1m", flat("elsewhere"), smoke, fired("elsewhere")],
  ]);
  plays([
    ["0m", lane(), { status: "occupied", laneType: "sidewalk" }],
    ["1m", flat(), smoke, fired()],
  ]);
});

const gate = { scenario: "fire-lane-occupation", site: "gate" };

test("a lane that is a site of its own counts from its blue on, and as long as that is open", () => {
  const lines: Line[] = [
    ["0m", gate, taken],
    ["1m", flat(), smoke],
    ["3m", null, null],
    ["10m", null, null],
    ["20m", gate, free],
    ["22m", null, null],
  ];
  const told = playAcross([fireLane, smokeAlarm], places, lines).map((line) => line.slice(3));
  expect(told).toEqual([
    [],
    [fired()],
    ["gate: fire-lane-occupation/occupied fired blue", expect.stringMatching(isRed)],
    ["gate: fire-lane-occupation/occupied escalated orange"],
    [],
    [
      "gate: fire-lane-occupation/occupied resolved orange",
      "garden: fire-lane-occupation/withFire resolved red",
    ],
  ]);
});

test("a lane of the compound itself is one lane, whose alert does not outlast its reading", () => {
  const lines: Line[] = [
    ["0m", lane(), taken],
    ["3m", null, null],
    ["4m", flat(), smoke],
    ["5m", lane(), free],
  ];
  const told = playAcross([fireLane, smokeAlarm], places, lines).map((line) => line.slice(3));
  expect(told.slice(1)).toEqual([
    ["garden: fire-lane-occupation/occupied fired blue"],
    [fired(), expect.stringMatching(isRed)],
    ["garden: fire-lane-occupation/withFire resolved red"],
  ]);
});

test("with two lanes taken it ends when both are free", () => {
  const lines: Line[] = [
    ["0m", lane("lane-1"), taken],
    ["0m", lane("lane-2"), taken],
    ["1m", flat(), smoke],
    ["2m", lane("lane-1"), free],
    ["2m30s", lane("lane-2"), free],
  ];
  const told = playAcross([fireLane, smokeAlarm], places, lines).map((line) => line.slice(3));
  expect(told.slice(2)).toEqual([
    [fired(), expect.stringMatching(isRed)],
    [],
    ["garden: fire-lane-occupation/withFire resolved red"],
  ]);
});

/** Stands for any scenario with a fire rule: its alert has the level that it is told. */
const electrical = (level: Grade): AnyScenario => ({
  ...fireLane,
  id: "electrical-fire",
  siteKind: "flat",
  reading: Type.Object({ bad: Type.Boolean(), level: Type.Optional(Type.String()) }),
  labels: { bad: fireLane.name, level: fireLane.name },
  rules: () => ({
    contactHot: defineRule<{ bad: boolean; level?: Grade }, null>({
      ...anyWords,
      alert: { hold: 0, release: 0 },
      initial: null,
      judge: (state, event) =>
        event.kind === "reading"
          ? {
              state,
              signal: { level: event.reading.bad ? (event.reading.level ?? level) : "ok" },
            }
          : { state },
    }),
  }),
});
const board = { scenario: "electrical-fire", site: "flat" };
const changes = (level: Grade, lines: Line[]) =>
  playAcross([fireLane, electrical(level)], places, lines).map((line) =>
    line.slice(3).flatMap((came) => /withFire (\w+)/.exec(String(came))?.[1] ?? []),
  );

test("yellow is no fire; the same alert grown to orange is, and resolved it is over", () => {
  const story: Line[] = [
    ["0m", lane(), taken],
    ["1m", board, { bad: true }],
    ["2m", board, { bad: true, level: "orange" }],
    ["3m", board, { bad: false }],
  ];
  expect(changes("yellow", story)).toEqual([[], [], ["fired"], ["resolved"]]);
});

test("a fire whose end nobody heard of is forgotten after a day, a silent lane after a day and a half", () => {
  const fire: Line[] = [
    ["0m", lane(), taken],
    ["1m", board, { bad: true }],
    ["24h", lane(), taken],
    ["24h1m", null, null],
  ];
  expect(changes("red", fire)).toEqual([[], ["fired"], [], ["resolved"]]);
  const gone: Line[] = [
    ["0m", lane(), taken],
    ["36h", null, null],
    ["36h1m", board, { bad: true }],
  ];
  expect(changes("red", gone).at(-1)).toEqual([]);
});

test("a compound where everything burns keeps what it heard last, and still says so", () => {
  const many = Array.from({ length: 60 }, (_, i): Line[] => [
    [`${i}m`, lane(`lane-${i}`), taken],
    [`${i}m`, { ...board, sensor: `board-${i}` }, { bad: true }],
  ]).flat();
  expect(changes("red", many).flat()).toEqual(["fired"]);
});

const rule = withFire(defaultsOf(fireLane) as Params);

test("however many lanes and fires there are, what is kept of them stays small", () => {
  let state = rule.initial;
  for (let i = 0; i < 200; i++) {
    const heard = {
      scenario: "smoke-alarm",
      rule: "smoke",
      change: "fired",
      level: "orange",
      siteId: `flat-${i}`,
      alertId: `smoke-alarm~smoke~flat-${i}~smoke-alarm-${i}~mm9z1c0w`,
    } as const;
    const reading = { status: "occupied", laneType: "fireLane" } as const;
    const sensorId = `fire-lane-occupation-${i}`;
    const at = minutes(i);
    state = rule.judge(state, { kind: "heard", heard, site: {} }, at).state;
    const event = { kind: "reading", sensorId, reading, receivedAt: at, site: {} } as const;
    const verdict = rule.judge(state, event, at);
    state = verdict.state;
    expect(verdict.signal!.level).toBe("red");
    expect(JSON.stringify(state).length).toBeLessThan(4_096);
  }
  expect(Object.keys(state.taken)).toContain("fire-lane-occupation-199");
});

test("every rule that counts as a fire is named as its scenario has it", () => {
  const heard = (rule.hears ?? []).map(({ scenario, rule }) => `${scenario}/${rule}`);
  expect(heard).toContain("smoke-alarm/smoke");
  expect(heard).toContain("combustible-gas/leak");
  expect(heard.filter((one) => one.endsWith("/silent"))).toEqual([]);
  expect(rule.at).toBe("compound");
  expect(rule.alert.case!.limit).toEqual({ amount: 10, unit: "urgent-minute" });
  expect(rule.rationale.within).toBe(minutes(1));
});
