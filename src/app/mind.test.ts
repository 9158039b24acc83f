import { expect, test } from "vitest";
import { defineRule, defineScenario, minutes, operatorDefault, Type } from "../core/index.ts";
import type { Reading } from "../core/reading.ts";
import type { Json } from "../core/rule.ts";
import type { RegisterChange } from "../register/entities.ts";
import { gauge, reading, street } from "./judge.fixture.ts";
import { type Drained, Mind } from "./mind.ts";

const text = (en: string) => ({ zh: en, en });

/** Orange at the site while a flood of a gauge there is open. */
const echo = defineScenario({
  id: "echo",
  version: 1,
  name: text("Echo"),
  story: text("Listens."),
  every: minutes(5),
  siteKind: "station",
  reading: Type.Object({}),
  labels: {},
  site: Type.Object({}),
  sampleSite: {},
  params: Type.Object({}),
  rules: () => ({
    heard: defineRule<object, Json>({
      asks: text("Is there a flood?"),
      subject: "site",
      hears: [{ scenario: "gauge", rule: "flood" }],
      initial: null,
      sources: [operatorDefault],
      rationale: { act: text("look"), within: 0, otherwise: text("wet feet") },
      alert: { hold: 0, release: minutes(5), gap: minutes(60) },
      judge: (state, event) =>
        event.kind === "heard"
          ? { state, signal: { level: event.heard.change === "resolved" ? "ok" : "orange" } }
          : { state },
    }),
  }),
  incidents: {},
  simulate: () => null,
});

/** A mind that is told of a street, and what it would commit after each entry. */
function thinking() {
  const mind = new Mind({
    scenarios: [gauge, echo].map((scenario) => ({ scenario, params: {} })),
    loaded: {
      position: 0,
      time: null,
      memories: [],
      alerts: [],
      cases: [],
      register: [],
      meta: {},
    },
    exercise: false,
  });
  let position = 0;
  const next = () => ++position;
  const change = (at: number, changes: RegisterChange[]): Drained => {
    const act = { kind: "register.change", changes };
    const command = { key: `k${position}`, by: "test", act } as unknown as Json;
    mind.take({ kind: "command", position: next(), time: at, command });
    return mind.drain();
  };
  const read = (...readings: Reading[]): Drained => {
    const time = readings.at(-1)!.receivedAt;
    mind.take({ kind: "readings", position: next(), time, readings });
    return mind.drain();
  };
  const pass = (at: number): Drained => {
    mind.take({ kind: "tick", position: next(), time: at });
    return mind.drain();
  };
  change(minutes(0), street);
  return { change, read, pass };
}

const alertsOf = ({ alertEvents }: Drained, scenario: string) =>
  alertEvents
    .filter(({ alertId }) => alertId.startsWith(`${scenario}~`))
    .map(({ id, kind, note }) => ({ id: id.split(".").at(-1), kind, note }));

// Red when: what may reopen is told from how long ago it resolved by the log's clock.
test("a relapse reopens its alert under the next number, however far its sensor's clock is behind", () => {
  const { read } = thinking();
  const at = (own: number, received: number, levelM: number) =>
    read(reading("a", minutes(own), levelM, { receivedAt: minutes(received) }));
  const told = [
    at(1, 30, 6), // a flood, told half an hour late
    at(2, 31, 1),
    at(7, 36, 1), // normal for five minutes: resolved
    at(8, 44, 1), // the next come later and later
    at(9, 52, 1),
    at(10, 59, 1),
    at(11, 65, 6), // four minutes after it resolved by its own clock, half an hour by ours
  ];
  const floods = told.flatMap((drained) =>
    drained.alertEvents.filter(({ alertId }) => alertId.includes("~flood~")),
  );
  expect(floods.map(({ kind, seq }) => `${kind} ${seq}`)).toEqual([
    "fired 1",
    "case-opened 2",
    "resolved 3",
    "reopened 4",
  ]);
  expect(new Set(floods.map(({ alertId }) => alertId)).size).toBe(1);
});

// Red when: the register forgets a sensor before the engine does, so that nobody knows who listens where it stood.
test("when a sensor is removed, whoever listens at its site hears that its alert is over", () => {
  const { change, read, pass } = thinking();
  expect(alertsOf(read(reading("c", minutes(1), 6)), "echo")).toEqual([
    { id: "1", kind: "fired", note: null },
  ]);
  const removed = change(minutes(2), [{ remove: "sensor", id: "c" }]);
  expect(alertsOf(removed, "gauge").map(({ kind, note }) => [kind, note])).toEqual([
    ["resolved", "sensor removed"],
  ]);
  expect(alertsOf(pass(minutes(8)), "echo").map(({ kind }) => kind)).toEqual(["resolved"]);
});

// Red when: only sensors are forgotten, and an alert of a site stays open for ever.
test("when a site is removed with its sensors, its own alerts end with it", () => {
  const { change, read } = thinking();
  read(reading("c", minutes(1), 6));
  const removed = change(minutes(2), [
    { remove: "sensor", id: "c" },
    { remove: "site", id: "S2" },
  ]);
  expect(alertsOf(removed, "echo").map(({ kind, note }) => [kind, note])).toEqual([
    ["resolved", "site removed"],
  ]);
  const gone = removed.memories.filter(([, row]) => row === null).map(([key]) => key);
  expect(gone.sort()).toEqual(["echo/S2", "gauge/S2/c"]);
});
