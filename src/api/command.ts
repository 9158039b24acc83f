// Commands on their way to the log: the same key is one command, whoever sends it how often.

import { createHash } from "node:crypto";
import type { Who } from "./identity.ts";
import type { Act, Front, Outcome } from "./ports.ts";

export type Commands = {
  /**
   * Submits what `who` asks under `key` and resolves with its outcome, once the judge has committed it. The same key again is
   * the same outcome; with another `request` it is "reused". Rejects with code "timeout" when there is none in time; the
   * command may still be carried out, and the same key asks for it again.
   */
  submit(who: Who, key: string, request: unknown, act: () => Act): Promise<Outcome | "reused">;
};

type Sent = { fingerprint: string; act: Act; pending: Promise<Outcome> | null };

const REMEMBERED = 10_000;

/** Keys are each asker's own, so nobody can ask for another's outcome. */
export function openCommands(front: Pick<Front, "submit">): Commands {
  const sent = new Map<string, Sent>();
  return {
    async submit(who, ownKey, request, act) {
      const key = `${who.id}/${ownKey}`;
      const fingerprint = createHash("sha256").update(JSON.stringify(request)).digest("base64url");
      const before = sent.get(key);
      if (before && before.fingerprint !== fingerprint) return "reused";
      const now: Sent = before ?? { fingerprint, act: act(), pending: null };
      sent.delete(key);
      sent.set(key, now); // last used, last forgotten
      if (sent.size > REMEMBERED) sent.delete(sent.keys().next().value!);
      now.pending ??= front.submit({ key, by: who.name, act: now.act }).finally(() => {
        now.pending = null;
      });
      return now.pending;
    },
  };
}
