// The judge's thread: its own connections, its own loop (app/judge.ts), and nothing else.

import { type MessagePort, parentPort } from "node:worker_threads";
import { Create } from "typebox/value";
import { judge } from "../app/judge.ts";
import { type Drained, Mind } from "../app/mind.ts";
import type { Position } from "../store/log.ts";
import { openLogReader } from "../store/sqlite/log.ts";
import { openRecordsWriter } from "../store/sqlite/records.ts";
import { born } from "./born.ts";
import { channel } from "./channel.ts";
import type { FromJudge, JudgeCounts, ToJudge } from "./judge-words.ts";
import { type Head, installed, type JudgeBirth, pacer, watchedNames } from "./shared.ts";
import { watchMeter } from "./watch.ts";

/** What is not judged by then is judged at the next start. */
const CATCH_UP_MS = 2_000;

const birth = await born<JudgeBirth>();
const { pause, wake } = pacer();
let head: Position = 0;
/** When to stop at the latest; sooner when all that was appended has been judged. */
let stopBy = Number.POSITIVE_INFINITY;
/** The door's; it keeps this thread alive until it is closed. */
const voices: MessagePort[] = [];
const main = channel<FromJudge>(parentPort!, {
  door(port) {
    voices.push(port);
    port.on("message", (message: Head) => {
      head = message.head;
      wake();
    });
  },
  stop() {
    stopBy = performance.now() + CATCH_UP_MS;
    wake();
  },
} satisfies ToJudge);

const scenarios = await installed(birth.scenarios);
const records = await openRecordsWriter(birth.files.records);
const loaded = await records.load();
const log = openLogReader(birth.files.log);
const names = watchedNames(scenarios);
const meter = watchMeter(birth.watch, names, birth.config.ruleBudgetMs, (one) =>
  main.tell("slow", one),
);
const mind = new Mind({
  scenarios: scenarios.map((scenario) => ({ scenario, params: Create(scenario.params) as object })),
  loaded,
  exercise: birth.mode === "drill",
  meter,
  fourEyes: birth.config.releaseNeedsTwo,
});
mind.skip(birth.skip);

const counts = (): JudgeCounts => {
  const { judged, copy, late } = mind.engine.counts;
  const { position, time, out, released } = mind;
  return { position, time, judged, copies: copy, late, out, released };
};

function announce(drained: Drained): void {
  const { position, time, alerts, cases, outcomes, register } = drained;
  main.tell("counts", counts()); // first, so that whoever is answered finds a release in force
  if (alerts.length + cases.length + outcomes.length + register.length > 0)
    main.tell("announce", { position, time, alerts, cases }, outcomes, register);
}

main.tell("ready", counts());
try {
  await judge({
    log,
    records,
    mind,
    announce,
    trouble: (error) => main.tell("trouble", error.message),
    pause,
    steady: () => performance.now(),
    stopped: () =>
      performance.now() >= stopBy || (Number.isFinite(stopBy) && mind.position >= head),
  });
  main.tell("ended", null);
} catch (error) {
  main.tell("ended", (error as Error).stack ?? String(error));
} finally {
  log.close();
  await records.close();
  for (const voice of voices) voice.close();
  parentPort!.close();
}
