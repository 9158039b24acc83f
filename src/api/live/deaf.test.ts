// One who listens to the stream and does not read, over a real socket.

import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestFront, type TestFront } from "../../testing/front.ts";
import { openAsked } from "../../testing/front-ask.ts";
import { type Frame, type Listening, listen } from "../../testing/front-listen.ts";

let front: TestFront;
let token: string;
let deafToken: string;

/** Fast frames and a small buffer, so that a flood is soon one. */
const live = { beat: 20, bufferSize: 100_000, framesPerSecond: 1_000 };

beforeEach(async () => {
  front = await openTestFront();
  [token, deafToken] = [await front.token("operator"), await front.token("operator")];
});
afterEach(() => front.close());

async function hear(address: string): Promise<Listening> {
  const one = await listen(`${address}/api/v1/live`, { authorization: `Bearer ${token}` });
  await one.until(({ event, body }: Frame) => event === "snapshot" && body.last);
  return one;
}
const countBeats = ({ frames }: Listening) => frames.filter(({ event }) => event === "beat").length;

/** A client that asks for the stream and does not read. */
async function deaf(address: string): Promise<Socket> {
  const { hostname, port } = new URL(address);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.write(
    `GET /api/v1/live HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${deafToken}\r\n\r\n`,
  );
  await new Promise<void>((resolve) => {
    socket.once("data", () => {
      socket.pause();
      resolve();
    });
  });
  return socket;
}

/** Announces more than any socket holds: the same thousand alerts over and over, with long names. */
async function flood(witness: Listening, times: number): Promise<void> {
  await front.send({ sensorId: "WL-1", values: { levelM: 4 } });
  const [alert] = (await front.records.alerts({ limit: 1 })).items;
  for (let round = 1; round <= times; round++) {
    const alerts = Array.from({ length: 1_000 }, (_, i) => ({
      ...alert!,
      id: `flood~${i}`,
      version: round,
      rule: "x".repeat(500),
    }));
    front.announce({ position: 1_000 + round, time: front.now, alerts, cases: [] });
    await witness.until(({ event, body }) => event === "change" && body.position === 1_000 + round);
  }
}

test("one who never reads holds up nobody, costs a bounded buffer, and begins anew when reading again", async () => {
  const { address, ask, close } = await openAsked(front, { live });
  const witness = await hear(address);
  const socket = await deaf(address);
  await flood(witness, 12); // each waits for its own frame, so the others are not held up
  const resets = async () => (await ask("GET //metrics", { token })).text;
  expect(await resets()).toContain("brain_live_resets_total 0");
  let heard = "";
  const begunAnew = new Promise<void>((resolve) => {
    socket.on("data", (chunk) => {
      heard = heard.slice(-2_000) + chunk.toString("latin1");
      if (/event: reset[\s\S]*"last":true/.test(heard)) resolve();
    });
  });
  socket.resume();
  await begunAnew;
  expect(heard).toContain('"reason":"overflow"');
  expect(await resets()).toContain("brain_live_resets_total 1");
  socket.destroy();
  witness.close();
  await close();
});

test("one who takes nothing for too long is hung up on", async () => {
  const { address, ask, close } = await openAsked(front, { live: { ...live, patience: 3_000 } });
  const witness = await hear(address);
  const socket = await deaf(address);
  await flood(witness, 12);
  let streams = "";
  // The end of a socket that is not read is seen by the server alone: asked at each beat.
  for (let beat = countBeats(witness); streams !== "brain_live_streams 1"; beat++) {
    await witness.until(() => countBeats(witness) > beat);
    const { text } = await ask("GET //metrics", { token });
    streams = /brain_live_streams \d+/.exec(text)![0];
  }
  socket.destroy();
  witness.close();
  await close();
});
