// The live stream: what is open now and what changes. Says honestly when it is late.

import { speaks } from "./messages.js";

const LATE_MS = 3_000;
const RETRY_MS = 2_000;

/** `told` is called with every frame: (kind, body). `late` is read by whoever shows how old things are. */
export function openLive(told) {
  let source = null;
  let sensor = null;
  let retry = null;
  let stopped = false;
  let heardAt = performance.now();
  let beat = null;
  let refused = null;
  let beatAt = heardAt;

  function hear(kind, event) {
    heardAt = performance.now();
    refused = null;
    const body = JSON.parse(event.data);
    if (kind === "beat") [beat, beatAt] = [body, heardAt];
    told(kind, body);
  }
  function connect() {
    clearTimeout(retry);
    source?.close();
    if (stopped) return;
    const query = new URLSearchParams({ lang: speaks(), ...(sensor ? { sensor } : {}) });
    source = new EventSource(`/api/v1/live?${query}`);
    for (const kind of ["snapshot", "change", "readings", "beat", "reset", "end"])
      source.addEventListener(kind, (event) => hear(kind, event));
    source.addEventListener("error", () => {
      // A break is mended by the browser itself, from the last frame; a refusal is not.
      if (source.readyState !== EventSource.CLOSED) return;
      told("refused", {});
      retry = setTimeout(connect, RETRY_MS);
    });
  }
  return {
    start: connect,
    stop() {
      stopped = true;
      clearTimeout(retry);
      source?.close();
    },
    /** Begins anew, in the page's language. */
    restart: connect,
    /** Wants the readings of this sensor too. */
    follow(id) {
      if (id === sensor) return;
      sensor = id;
      connect();
    },
    /** Real time since the last word of the server, ms. */
    silence: () => performance.now() - heardAt,
    /** Why the server does not let this page listen, as a text's key; null: it does, or cannot be heard. */
    refused: () => refused,
    refuse(key) {
      refused = key;
    },
    late: () => performance.now() - heardAt > LATE_MS,
    beat: () => beat,
    /** The log's clock now; stands still when the stream does. */
    now() {
      if (!beat) return Date.now();
      const passed = Math.min(performance.now() - beatAt, LATE_MS);
      const speed = beat.mode === "live" ? 1 : (beat.speed ?? 0);
      return beat.time + passed * speed;
    },
    /** Real time since the last reading came in, ms; null: none has. */
    dataAge: () =>
      beat?.dataAgeMs === null || !beat ? null : beat.dataAgeMs + (performance.now() - beatAt),
  };
}
