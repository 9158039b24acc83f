import { afterEach, beforeEach, expect, test } from "vitest";
import { seeded } from "../src/core/rng.ts";
import { Link } from "./link.ts";
import { openBroker, type SampleBroker } from "./sample-broker.ts";

let broker: SampleBroker;
let link: Link;
beforeEach(async () => {
  broker = await openBroker();
});
afterEach(async () => {
  await link.close();
  await broker.close();
});
const open = (window: number) => {
  link = new Link({ url: broker.url, id: "one", secret: "x", window, rng: seeded(1) });
};
const upTo = (count: number) => Array.from({ length: count }, (_, i) => String(i));
const heard = () =>
  broker.heard.filter(({ topic }) => topic === "readings/a").map(({ payload }) => payload);
const offer = (count: number, acked: string[] = []) => {
  for (const payload of upTo(count))
    link.offer({ topic: "readings/a", payload, acked: () => void acked.push(payload) });
};

test("what was on its way when the connection broke goes again before what waited", async () => {
  broker.onPublish = ({ payload }) => {
    if (payload !== "10" || heard().filter((one) => one === "10").length > 1) return;
    broker.breakAll();
    return new Promise(() => {});
  };
  open(8);
  const acked: string[] = [];
  offer(100, acked);
  await link.drained();
  const order = heard();
  expect(order.length).toBeGreaterThan(100);
  expect(order.filter((one, at) => order.indexOf(one) === at)).toEqual(upTo(100));
  expect(acked).toEqual(upTo(100));
});

test("never more than the window is on its way", async () => {
  broker.onPublish = () => new Promise((resolve) => setImmediate(resolve));
  open(8);
  offer(200);
  await link.drained();
  expect(broker.mostWaiting()).toBe(8);
});

test("messages offered while the connection is down are sent when it is up", async () => {
  open(4);
  offer(5);
  await link.drained();
  link.sever();
  const acked: string[] = [];
  offer(5, acked);
  expect(acked).toEqual([]);
  link.restore();
  await link.drained();
  expect(heard()).toEqual([...upTo(5), ...upTo(5)]);
});

test("a link that is closed while it cannot connect ends, and gives up what waited", async () => {
  broker.allows = () => false;
  open(1);
  offer(3);
  await link.close();
  await link.drained();
  expect(link.waiting).toBe(3);
  expect(link.wasUp).toBe(false);
});

test("severed and restored at once it still comes back", async () => {
  open(1);
  await link.connected();
  link.sever();
  link.restore();
  offer(1);
  await link.drained();
  expect(heard()).toEqual(["0"]);
});
