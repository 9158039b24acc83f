// The folder of a new scenario: all that can be written without knowing what it watches. What only
// its author knows is left empty, so that conformance names it.

/** Files of the folder by their names. */
export type Scaffold = Readonly<Record<string, string>>;

/** What the author may say at once. */
export type Named = { zh?: string; en?: string };

/** `noise-level` → `noiseLevel`. */
export const exportName = (id: string): string =>
  id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Whether an id may be a folder's name, and an export's. */
export const isScenarioId = (id: string): boolean =>
  /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) && id.length <= 40;

const indexLine = (id: string): string =>
  `export { default as ${exportName(id)} } from "./${id}/index.ts";`;

/**
 * The index of all scenarios with one more line in it, in the order of their folders; as it is
 * where it has the line.
 */
export function withLine(index: string, id: string): string {
  const lines = index.split("\n").filter((line) => line !== "");
  const line = indexLine(id);
  if (lines.includes(line)) return index;
  const folder = (one: string): string => /"\.\/([^/]+)\//.exec(one)?.[1] ?? "";
  const at = lines.findIndex((one) => folder(one) > id);
  lines.splice(at < 0 ? lines.length : at, 0, line);
  return `${lines.join("\n")}\n`;
}

/**
 * What a new folder holds. It type-checks, simulates, and raises its alerts; its words, sources and
 * case are to be filled in.
 */
export function scaffold(id: string, { zh = "", en = "" }: Named = {}): Scaffold {
  const name = `{ zh: ${JSON.stringify(zh)}, en: ${JSON.stringify(en)} }`;
  return {
    "index.ts": indexText(id, name),
    "schema.ts": SCHEMA,
    "rules.ts": RULES,
    "simulate.ts": SIMULATE,
    [`${id}.test.ts`]: testText(exportName(id)),
    "README.md": readme(id, zh, en),
  };
}

const indexText = (
  id: string,
  name: string,
): string => `import { defineScenario, minutes } from "#scenario";
import { rules } from "./rules.ts";
import { labels, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

/** What it watches, and for whom. */
export default defineScenario({
  id: "${id}",
  version: 1,
  name: ${name},
  story: { zh: "", en: "" },
  every: minutes(5),
  siteKind: "building",
  reading,
  labels,
  site,
  sampleSite: { raiseAt: 60 },
  params,
  rules,
  incidents: {
    excess: { raises: "high", level: "yellow", within: minutes(30), tells: { zh: "", en: "" } },
    outage: {
      raises: "silent",
      within: minutes(25),
      tells: { zh: "传感器失联", en: "The sensor goes quiet" },
    },
  },
  simulate,
});
`;

const SCHEMA = `// What a sensor reads, what the register says of its site, and the operator's numbers.

import { type Static, Type } from "#scenario";

export const reading = Type.Object({
  value: Type.Number({ unit: "1", minimum: 0, maximum: 200 }),
});

export const labels = {
  value: { zh: "", en: "" },
};

export const site = Type.Object({
  raiseAt: Type.Number({ unit: "1", minimum: 0, maximum: 200, label: { zh: "", en: "" } }),
});

export const params = Type.Object({
  margin: Type.Number({
    default: 5,
    minimum: 0,
    maximum: 100,
    unit: "1",
    label: { zh: "解除：低于限值", en: "Clears so far below the bound" },
  }),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
`;

const RULES = `// The questions asked of a sensor. The bound is the site's own (register); the margin is the
// operator's.

import { above, minutes, silent } from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";

const high = (p: Params) =>
  above<Reading, Site>({
    asks: { zh: "", en: "" },
    field: "value",
    bounds: (place) => ({ yellow: place.raiseAt }),
    clear: (place) => ({ yellow: place.raiseAt - p.margin }),
    sources: [],
    rationale: {
      act: { zh: "", en: "" },
      within: 0,
      otherwise: { zh: "", en: "" },
    },
    alert: {
      hold: minutes(10),
      release: minutes(10),
      case: {
        from: "yellow",
        when: { unacknowledgedFor: minutes(5) },
        class: "",
        filing: { zh: "", en: "" },
        closing: { zh: "", en: "" },
        limit: { amount: 0, unit: "work-hour" },
        unit: "",
        verify: minutes(30),
      },
    },
  });

export const rules = (p: Params) => ({
  high: high(p),
  silent: silent<Reading, Site>({ after: minutes(15), level: "yellow" }),
});
`;

const SIMULATE = `import { hours, type Moment } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** Half of the bound, a little more by day than by night; above it in trouble. */
export function simulate({ site, at, rng, incident }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const share = incident === "excess" ? 1.2 : 0.5 + 0.1 * Math.sin((2 * Math.PI * at) / hours(24));
  return { value: Math.max(0, site.raiseAt * share + rng.gauss(0, site.raiseAt / 100)) };
}
`;

const testText = (name: string): string => `import { expect, test } from "vitest";
import { each, play, type Row, type Stage } from "../../src/testing/play.ts";
import ${name} from "./index.ts";

const plays = (rows: Row[], stage?: Stage) => expect(play(${name}, rows, stage)).toEqual(rows);
const at = (value: number) => ({ value });

test("ten minutes at the bound fire yellow, ten below the clear value resolve", () =>
  plays([
    ...each(0, 10, 5, at(60), "high fired yellow"),
    ["15m", at(56)],
    ["20m", at(54.9)],
    ["30m", at(54.9), "high resolved yellow"],
  ]));

test("a value just below the bound, or a single one above it, is no alert", () =>
  plays([...each(0, 60, 5, at(59.9)), ["65m", at(90)], ["70m", at(40)], ["85m", at(40)]]));

test("a sensor that stops speaking is noticed after a quarter of an hour", () =>
  plays([
    ["0m", at(30)],
    ["14m", null],
    ["15m", null, "silent fired yellow"],
    ["30m", at(30), "silent resolved yellow"],
  ]));
`;

const readme = (id: string, zh: string, en: string): string => `# ${zh || id} · ${en || id}

## Why these numbers

## What the operator does

## 为什么是这些数

## 值班员怎么做

<!-- generated -->

<!-- /generated -->
`;
