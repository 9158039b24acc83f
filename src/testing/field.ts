// What happened in the field, judged again: a fixture that `brain scenario record` made from a
// brain's history.
//
// The first line says what was known of the site; each further line is a reading, or a person's
// reset. Sensors and the site have no names in it.

import type { Reading } from "../core/reading.ts";
import type { AnyScenario } from "../core/scenario.ts";
import type { Instant } from "../core/time.ts";
import { Engine } from "../engine/engine.ts";
import type { Transition } from "../engine/transition.ts";
import { instantText } from "../register/instants.ts";
import { defaultsOf } from "./defaults.ts";
import { describe, worldOf } from "./play.ts";

/**
 * The first line of a fixture. Transitions count from `from` on; time passes to `to` at the end.
 */
export type FieldHead = {
  scenario: string;
  version: number;
  rule: string;
  site: object;
  from: Instant;
  to: Instant;
};
/** Something said or done, in order of the log's clock. */
export type FieldLine =
  | ({ received: Instant } & Pick<Reading, "sensorId" | "time" | "values" | "quality">)
  | { reset: Instant; sensorId: string | null };

/**
 * All that came of a fixture's rule, as "2026-11-21T22:21:25+08:00 high fired yellow", with these
 * parameters or the defaults.
 */
export function field(scenario: AnyScenario, fixture: string, params: object = {}): string[] {
  const [first = "", ...lines] = fixture.trimEnd().split("\n");
  const head = JSON.parse(first) as FieldHead;
  const engine = new Engine({
    scenarios: [{ scenario, params: { ...defaultsOf(scenario), ...params } }],
    world: worldOf(head.site),
  });
  const told: Transition[] = [];
  for (const line of lines) told.push(...hear(engine, head, JSON.parse(line) as FieldLine));
  told.push(...engine.passTo(head.to));
  return told
    .filter(({ rule, at }) => rule === head.rule && at >= head.from && at < head.to)
    .map((one) => `${instantText(one.at)} ${describe(one)}`);
}

function hear(engine: Engine, head: FieldHead, line: FieldLine): readonly Transition[] {
  const { scenario, rule } = head;
  if ("reset" in line) {
    const { reset: at, sensorId } = line;
    const passed = engine.passTo(at);
    return [...passed, ...(engine.reset({ scenario, rule, siteId: "site", sensorId }, at) ?? [])];
  }
  const { sensorId, time, received: receivedAt, values, quality } = line;
  return engine.take({ sensorId, siteId: "site", scenario, time, receivedAt, values, quality });
}
