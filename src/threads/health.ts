import type { Health } from "../api/ports.ts";
import type { Clock } from "../app/clock.ts";
import type { Mode } from "../store/folder.ts";
import type { Archive } from "./archive.ts";
import type { Court } from "./court.ts";
import type { Gate } from "./gate.ts";

/** Puts together what each thread last said of itself. */
export function healthOf(parts: {
  mode: Mode;
  clock: Clock;
  startedAt: number;
  gate: Gate;
  court: Court;
  archive: Archive;
}): Health {
  const { mode, clock, startedAt } = parts;
  const { head, headTime, now, ...door } = parts.gate.counts();
  const judge = parts.court.counts();
  const past = parts.archive.counts();
  const behind = head > judge.position ? Math.max(0, (headTime ?? 0) - judge.time) : 0;
  return {
    ...door,
    mode,
    speed: clock.speed,
    startedAt,
    now: Math.max(clock.now(), now),
    logHead: head,
    judgedTo: judge.position,
    historyTo: past.position,
    judgeBehindMs: behind,
    stored: past.stored,
    judged: judge.judged,
    copies: judge.copies,
    late: judge.late,
    scenariosOut: judge.out,
  };
}
