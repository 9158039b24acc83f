// Pictures of episodes of a backtest, one SVG file each.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AnyScenario } from "../../core/index.ts";
import type { HistoryReader } from "../../store/history.ts";
import type { Found } from "../../workshop/backtest.ts";
import type { Outline } from "../../workshop/compare.ts";
import { pictureOf, spanOf } from "../../workshop/picture.ts";
import { Exit } from "../exit.ts";
import { tell } from "../speech.ts";

type Pair = { ours: Outline | null; live: Outline | null };

/** Without a choice: what differs, then the longest of the rest; so many. */
const MOST = 12;
const POINTS = 5_000;

/** Draws the episodes with these alert ids, or the most telling ones, and gives the files. */
export async function draw(
  folder: string,
  asked: {
    scenario: AnyScenario;
    found: Found;
    history: Pick<HistoryReader, "raw">;
    ids: readonly string[];
  },
): Promise<string[]> {
  const { scenario, found, history, ids } = asked;
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  for (const { ours, live } of chosen(found, ids)) {
    const alert = (ours ?? live)!;
    const sensorId = alert.sensorId ?? found.register.sensorsOf(alert.siteId)[0]?.id;
    if (sensorId === undefined) continue;
    const { from, to } = spanOf(ours, live, found.to);
    const { points } = await history.raw(sensorId, from, to, POINTS);
    const file = join(folder, `${alert.id}.svg`);
    writeFileSync(file, pictureOf({ scenario, ours, live, sensorId, points, from, to }));
    files.push(file);
  }
  return files;
}

function chosen({ comparison, alerts }: Found, ids: readonly string[]): Pair[] {
  const pairs: Pair[] = [...comparison.differences, ...comparison.unchanged];
  const alone = alerts
    .filter((ours) => pairs.every((pair) => pair.ours !== ours))
    .map((ours) => ({ ours, live: null }));
  const all = [...pairs, ...alone];
  if (ids.length === 0) return all.slice(0, MOST);
  return ids.map((id) => {
    const found = all.find(({ ours, live }) => ours?.id === id || live?.id === id);
    if (!found) throw new Exit("notFound", tell("workshop.no-episode", { id }));
    return found;
  });
}
