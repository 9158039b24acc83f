// How the door tells a reader of the log that there is more: at once after a quiet spell, seldom in a busy one. To wake a thread
// costs far more than what it is told, and a reader that finds ten groups takes them faster than ten that find one.

import type { Position } from "../store/log.ts";

export type Voice = {
  say(head: Position): void;
  /** Says what was not said yet; nothing waits afterwards. */
  flush(): void;
};

/** Speaks through `tell` at most once in `everyMs`, and last of all of the newest head. */
export function voice(everyMs: number, tell: (head: Position) => void): Voice {
  let timer: NodeJS.Timeout | null = null;
  let unsaid: Position | null = null;
  function speak(): void {
    timer = null;
    if (unsaid === null) return;
    tell(unsaid);
    unsaid = null;
    timer = setTimeout(speak, everyMs);
  }
  return {
    say(head) {
      unsaid = head;
      if (timer === null) speak();
    },
    flush() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      if (unsaid !== null) tell(unsaid);
      unsaid = null;
    },
  };
}
