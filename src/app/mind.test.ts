import { expect, test } from "vitest";
import { defineRule, defineScenario, minutes, operatorDefault, Type } from "../core/index.ts";
import type { Reading } from "../core/reading.ts";
import type { Json } from "../core/rule.ts";
import type { AnyScenario } from "../core/scenario.ts";
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
function thinking(scenarios: readonly AnyScenario[] = [gauge, echo]) {
  const mind = new Mind({
    scenarios: scenarios.map((scenario) => ({ scenario, params: {} })),
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
  const link = (at: number, id: string, online: boolean): Drained => {
    const act = { kind: "link", id, online };
    const command = { key: `k${position}`, by: "brain", act } as unknown as Json;
    mind.take({ kind: "command", position: next(), time: at, command });
    return mind.drain();
  };
  const pass = (at: number): Drained => {
    mind.take({ kind: "tick", position: next(), time: at });
    return mind.drain();
  };
  change(minutes(0), street);
  return { change, read, link, pass };
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

const behindGateway: RegisterChange[] = [
  { put: "gateway", value: { id: "gw", siteId: "S1" } },
  ...(["a", "b", "c"] as const).map(
    (id): RegisterChange => ({
      put: "sensor",
      value: { id, siteId: id === "c" ? "S2" : "S1", scenario: "gauge", gatewayId: "gw" },
    }),
  ),
];
const told = ({ alertEvents }: Drained) =>
  alertEvents.map(({ alertId, kind, note }) => {
    const [scenario, rule, , sensor] = alertId.split("~");
    return [`${scenario}/${rule}`, sensor, kind, note];
  });

// Red when: each sensor behind a dead gateway wants its own case.
test("a gateway that is gone is one alert, and the silence of those behind it is laid under it", () => {
  const { change, read, link, pass } = thinking();
  change(minutes(0), behindGateway);
  read(...(["a", "b", "c"] as const).map((id) => reading(id, minutes(1), 1)));
  expect(told(link(minutes(2), "gw", false))).toEqual([]);
  const blind = pass(minutes(5));
  expect(told(blind)).toEqual([["brain-health/blind", "gw", "fired", "0/3"]]);
  const quiet = pass(minutes(30));
  expect(told(quiet).filter(([rule]) => rule === "gauge/silent")).toEqual(
    ["a", "b", "c"].flatMap((id) => [
      ["gauge/silent", id, "fired", null],
      ["gauge/silent", id, "suppressed", blind.alerts[0]!.id],
    ]),
  );
  const later = [...pass(minutes(60)).cases, ...pass(minutes(60 * 6)).cases];
  expect(later.map(({ class: small, alertIds }) => [small, alertIds])).toEqual([
    ["99-87", [blind.alerts[0]!.id]],
  ]);
  expect(told(link(minutes(400), "gw", true))).toEqual([]); // its sensors have not spoken yet
  const back = read(...(["a", "b", "c"] as const).map((id) => reading(id, minutes(401), 1)));
  expect(told(back).map(([rule, id, kind]) => `${rule} ${id} ${kind}`)).toContain(
    "brain-health/blind gw resolved",
  );
});

// Red when: a gateway that keeps its link but passes nothing on is not noticed, or two of three are called all.
test("a gateway whose sensors have nearly all gone quiet is blind, though its link is up", () => {
  const { change, read, pass } = thinking();
  change(minutes(0), behindGateway);
  read(reading("a", minutes(1), 1), reading("b", minutes(1), 1));
  read(reading("c", minutes(10), 1));
  expect(told(pass(minutes(20))).map(([rule, id]) => `${rule} ${id}`)).toEqual([
    "gauge/silent a",
    "gauge/silent b",
  ]);
  const blind = told(pass(minutes(28)));
  expect(blind.map(([rule, id]) => `${rule} ${id}`)).toEqual(["gauge/silent c"]);
  const laid = told(pass(minutes(31))).map(([rule, id, kind]) => `${rule} ${id} ${kind}`);
  expect(laid).toEqual([
    "brain-health/blind gw fired",
    "gauge/silent a suppressed",
    "gauge/silent b suppressed",
    "gauge/silent c suppressed",
  ]);
  const back = told(read(reading("a", minutes(32), 1))).map(
    ([rule, id, kind]) => `${rule} ${id} ${kind}`,
  );
  expect(back).toEqual([
    "gauge/silent a resolved",
    "brain-health/blind gw resolved",
    "gauge/silent b unsuppressed",
    "gauge/silent c unsuppressed",
  ]);
});

// Red when: a parent mutes what is elsewhere, or what its rule does not name, or life safety.
test("an alert stands for those its rule names, at its site and below, while it is open", () => {
  const { rules, ...rest } = echo;
  const parent: AnyScenario = {
    ...rest,
    id: "echo",
    rules: (params: object) => ({
      heard: { ...rules(params).heard!, covers: [{ scenario: "gauge", rule: "high" }] },
    }),
  };
  const { read, pass } = thinking([gauge, parent]);
  read(reading("c", minutes(1), 3.5), reading("a", minutes(1), 3.5));
  const risen = read(reading("c", minutes(12), 6), reading("a", minutes(12), 3.5));
  const muted = [...told(risen), ...told(pass(minutes(13)))].filter(
    ([, , kind]) => kind === "suppressed",
  );
  expect(muted.map(([rule, sensor]) => `${rule} ${sensor}`)).toEqual(["gauge/high c"]);
});

// Red when: only the door looks at consents: what was heard before would go on being judged, and silence would be alarming.
test("who withdraws consent is no longer judged: alerts end at once, and no silence is held against anybody", () => {
  const personal: AnyScenario = { ...gauge, consent: { purpose: "vitals" } };
  const { change, read, pass } = thinking([personal]);
  const consent = {
    ...{ id: "c1", subjectRef: "p-1", siteId: "S2", purpose: "vitals", textVersion: "1" },
    ...({ givenBy: "self", channel: "paper", givenAt: 0 } as const),
  };
  change(minutes(0), [{ put: "consent", value: consent }]);
  read(reading("c", minutes(1), 6));
  const withdrawn = change(minutes(2), [
    { put: "consent", value: { ...consent, withdrawnAt: minutes(2) } },
  ]);
  expect(told(withdrawn)).toEqual([["gauge/flood", "c", "resolved", "consent withdrawn"]]);
  expect(withdrawn.memories.find(([key]) => key === "gauge/S2/c")?.[1]).toBeNull();
  expect(told(pass(minutes(60)))).toEqual([]);
});
