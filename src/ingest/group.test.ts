import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Reading } from "../core/reading.ts";
import { type Batch, Group } from "./group.ts";

const reading = { sensorId: "tank-1" } as Reading;
type Written = { batch: Batch<number, string>; done: () => void };

let written: Written[];
const write = (batch: Batch<number, string>): Promise<void> =>
  new Promise((resolve) => written.push({ batch, done: resolve }));
const take = (group: Group<number, string>, ticket: number): void => {
  group.readings.push(reading);
  group.hold(ticket);
};
const tickets = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

beforeEach(() => {
  written = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets promises that have been resolved have their say. */
const settled = () => vi.advanceTimersByTimeAsync(0);

describe("a group", () => {
  test("is written when 5 ms have passed since its first message", async () => {
    const group = new Group({ write });
    take(group, 1);
    await vi.advanceTimersByTimeAsync(4);
    take(group, 2);
    expect(written).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(written[0]?.batch).toEqual({
      readings: [reading, reading],
      entries: [],
      tickets: [1, 2],
    });
  });

  test("is written at once when it has 256 messages, with all that came in the same chunk", async () => {
    const group = new Group({ write });
    for (const ticket of tickets(1, 300)) take(group, ticket);
    await settled();
    expect(written).toHaveLength(1);
    expect(written[0]?.batch.tickets).toEqual(tickets(1, 300));
  });

  test("is written at once when few messages brought many readings", async () => {
    const group = new Group({ write });
    for (let i = 0; i < 2_048; i++) group.readings.push(reading);
    group.hold(1);
    await settled();
    expect(written).toHaveLength(1);
  });

  test("waits while another is being written, however full it is, and is written right after it", async () => {
    const group = new Group({ write });
    for (const ticket of tickets(1, 256)) take(group, ticket);
    await settled();
    for (const ticket of tickets(257, 1_000)) take(group, ticket);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(written).toHaveLength(1);
    written[0]?.done();
    await settled();
    expect(written[1]?.batch.tickets).toEqual(tickets(257, 1_000));
    take(group, 1_001);
    written[1]?.done();
    await vi.advanceTimersByTimeAsync(5);
    expect(written[2]?.batch.tickets).toEqual([1_001]);
  });

  test("takes other entries along, and is written for them alone too", async () => {
    const group = new Group({ write });
    group.add("tick");
    await vi.advanceTimersByTimeAsync(5);
    expect(written[0]?.batch).toEqual({ readings: [], entries: ["tick"], tickets: [] });
  });

  test("grows on a slow disk, so that writing takes a quarter of the time, and never waits over 5 ms", async () => {
    const group = new Group({ write });
    const writeFor = async (ms: number) => {
      for (const ticket of tickets(1, 256)) take(group, ticket);
      await settled();
      await vi.advanceTimersByTimeAsync(ms);
      written.at(-1)?.done();
      await settled();
    };
    await writeFor(1);
    for (const ticket of tickets(1, 300)) take(group, ticket);
    await settled();
    expect(written, "not at once after 1 ms of writing").toHaveLength(1);
    await vi.advanceTimersByTimeAsync(3);
    for (const ticket of tickets(301, 340)) take(group, ticket);
    await settled();
    expect(written[1]?.batch.tickets, "after three more").toHaveLength(340);
    written[1]?.done();
    await vi.advanceTimersByTimeAsync(10);
    await writeFor(100);
    for (const ticket of tickets(1, 1_000)) take(group, ticket);
    await settled();
    expect(written).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(5);
    expect(written[3]?.batch.tickets).toHaveLength(1_000);
  });

  test("says when no more should be read, and when there is room again", async () => {
    const group = new Group({ write, mostHeld: 10 });
    const rooms = vi.fn();
    group.onRoom = rooms;
    for (const ticket of tickets(1, 9)) take(group, ticket);
    expect(group.full).toBe(false);
    await vi.advanceTimersByTimeAsync(5);
    take(group, 10);
    expect(group.full, "what is being written counts").toBe(true);
    expect(rooms).not.toHaveBeenCalled();
    written[0]?.done();
    await settled();
    expect(rooms).toHaveBeenCalledTimes(1);
    expect(group.full).toBe(false);
    for (let i = 0; i < 80; i++) group.readings.push(reading);
    expect(group.full, "many readings in few messages count too").toBe(true);
  });

  test("is drained to the last, also of what comes meanwhile", async () => {
    const group = new Group({ write });
    for (const ticket of tickets(1, 5)) take(group, ticket);
    const drained = vi.fn();
    void group.drain().then(drained);
    await settled();
    take(group, 6);
    written[0]?.done();
    await settled();
    expect(drained).not.toHaveBeenCalled();
    written[1]?.done();
    await settled();
    expect(drained).toHaveBeenCalled();
    expect(written.map((one) => one.batch.tickets)).toEqual([[1, 2, 3, 4, 5], [6]]);
  });
});
