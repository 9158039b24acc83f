// Another thread's part in a test: makes and revokes tokens, one after the other, until it is told to stop.

import { parentPort, workerData } from "node:worker_threads";
import { openTokenStore } from "./records.ts";

const store = openTokenStore(workerData as string);
let stopped = false;
parentPort!.once("message", () => {
  stopped = true;
});
let made = 0;
let error: string | null = null;
try {
  for (; !stopped; made++) {
    const [id, at] = [`t${made}`, made];
    const token = { id, name: id, role: "viewer", hash: "h", createdAt: at, expiresAt: null };
    await store.putToken({ ...token, revokedAt: null });
    if (!(await store.revokeToken(id, at))) throw new Error(`${id} was not revoked`);
    if (made === 0) parentPort!.postMessage("begun");
    await new Promise((resolve) => setImmediate(resolve)); // lets the word to stop in
  }
} catch (cause) {
  error = String(cause);
}
await store.close();
parentPort!.postMessage({ made, error });
