// The live stream of a brain, as its own page hears it.

import type { Announced } from "../../simulators/alert-book.ts";
import type { Brain } from "../main.ts";

/** Listens to the stream over HTTP; calls back with each alert it tells. */
export async function listenLive(
  brain: Brain,
  onAlert: (alert: Announced) => void,
): Promise<{ close(): Promise<void> }> {
  const abort = new AbortController();
  const answer = await fetch(`${brain.addresses.http}/api/v1/live`, {
    headers: { authorization: `Bearer ${brain.localToken}`, accept: "text/event-stream" },
    signal: abort.signal,
  });
  if (!answer.ok || !answer.body) throw new Error(`the live stream answered ${answer.status}`);
  const reading = read(answer.body, onAlert).catch((error: Error) => {
    if (!abort.signal.aborted) throw error;
  });
  return {
    async close() {
      abort.abort();
      await reading;
    },
  };
}

async function read(
  body: ReadableStream<Uint8Array>,
  onAlert: (alert: Announced) => void,
): Promise<void> {
  let rest = "";
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const frames = (rest + chunk).split("\n\n");
    rest = frames.pop()!;
    for (const frame of frames) {
      const text = frame
        .split("\n")
        .filter((line) => line.startsWith("data:"))
        .map((line) => line.slice(5))
        .join("\n");
      if (text === "") continue;
      const { alerts = [] } = JSON.parse(text) as { alerts?: Announced[] };
      for (const alert of alerts) onAlert(alert);
    }
  }
}
