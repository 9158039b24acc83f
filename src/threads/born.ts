import { once } from "node:events";
import { type MessagePort, workerData } from "node:worker_threads";

/** What main says that this thread is born with; see thread.ts. */
export async function born<Birth>(): Promise<Birth> {
  const { birth } = workerData as { birth: MessagePort };
  const [told] = (await once(birth, "message")) as [Birth];
  birth.close();
  return told;
}
