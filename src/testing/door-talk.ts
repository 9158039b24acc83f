// How the tests of the door speak to it: doors that are closed after each test, and tanks that log in and publish.

import { afterEach } from "vitest";
import type { LogWriter } from "../store/log.ts";
import { type DoorOptions, openTestDoor, SECRET, type TestDoor } from "./door.ts";
import { type Hello, pingPacket, type RawMqtt, rawLogin } from "./raw-mqtt.ts";

/** Types of MQTT packets. */
export const CONNACK = 2;
export const PUBLISH = 3;
export const PUBACK = 4;
export const PUBREC = 5;
export const PUBCOMP = 7;
export const SUBACK = 9;
export const PINGRESP = 13;

/** Opens doors that are ended after the test which opened them. To be called once in a test file. */
export function doorsOfTests(): (options?: DoorOptions) => Promise<TestDoor> {
  let doors: TestDoor[] = [];
  afterEach(async () => {
    for (const door of doors) await door.end();
    doors = [];
  });
  return async (options = {}) => {
    const door = await openTestDoor(options);
    doors.push(door);
    return door;
  };
}

/** Logs tank `n` in. */
export const login = (door: TestDoor, n = 1, hello: Partial<Hello> = {}): Promise<RawMqtt> =>
  rawLogin(door.port, { id: `tank-${n}`, password: SECRET, ...hello });

/** The payload of a reading, without time. */
export const reading = (levelM = 1): string => JSON.stringify({ values: { levelM } });

/** The topic of tank `n`. */
export const own = (n = 1): string => `readings/yard/tank-${n}`;

/** Resolves when it is true; asks again after every answer to a ping, so without waiting for a time. */
export const poll = (client: RawMqtt, isTrue: () => boolean, what: string): Promise<void> =>
  client.until(() => isTrue() || !client.write(pingPacket), what);

/** A log that passes everything on, for a test to put something else in the place of a part. */
export const passing = (log: LogWriter): LogWriter => ({
  append: (entries) => log.append(entries),
  head: () => log.head(),
  trim: (through) => log.trim(through),
  bytes: () => log.bytes(),
  close: () => log.close(),
});
