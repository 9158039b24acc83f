// The live stream as a screen hears it: server-sent events over HTTP.

import { type IncomingMessage, request } from "node:http";
import type { Run } from "../../src/store/folder.ts";
import type { Workshop } from "./workshop.ts";

/** What a frame tells of one alert, as far as a bench looks at it. */
export type Told = { scenario: string; rule: string; sensorId: string | null; phase: string };

/**
 * Listens until the end of the bench; calls back with each alert of each frame, and when its last
 * byte was there.
 */
export async function listenLive(
  shop: Workshop,
  { http, token }: Run,
  onAlert: (alert: Told, heardAt: number) => void,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const asked = request(`${http}/api/v1/live`, {
    headers: { authorization: `Bearer ${token}`, accept: "text/event-stream" },
  });
  asked.once("response", resolve).on("error", reject).end();
  shop.finally(() => asked.destroy());
  const answer = await promise;
  if (answer.statusCode !== 200) throw new Error(`the live stream answered ${answer.statusCode}`);
  answer.on("error", () => {}); // ours when it is hung up at the end
  const frames = framesOf((text, heardAt) => {
    const { alerts = [] } = JSON.parse(text) as { alerts?: readonly Told[] };
    for (const alert of alerts) onAlert(alert, heardAt);
  });
  answer.setEncoding("utf8").on("data", frames);
}

/** Cuts a stream into frames; calls back with the data of each. */
export function framesOf(
  onFrame: (text: string, heardAt: number) => void,
): (chunk: string) => void {
  let rest = "";
  return (chunk) => {
    const heardAt = performance.now();
    const frames = (rest + chunk).split("\n\n");
    rest = frames.pop() ?? "";
    for (const frame of frames) {
      const lines = frame.split("\n").filter((line) => line.startsWith("data:"));
      if (lines.length > 0) onFrame(lines.map((line) => line.slice(5)).join("\n"), heardAt);
    }
  };
}
