// The three threads of a brain, loading their code while main loads its own: a brain that was killed is back the sooner.

import { prepareThread, type Unborn } from "./thread.ts";

export type Nursery = { door: Unborn; judge: Unborn; history: Unborn };

/** They keep no process alive before they are started. */
export const prepareThreads = (): Nursery => ({
  door: prepareThread("./door.ts"),
  judge: prepareThread("./judge.ts"),
  history: prepareThread("./history.ts"),
});
