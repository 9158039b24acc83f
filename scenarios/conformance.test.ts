// What every scenario must satisfy (src/testing/conformance.ts), and that each check can fail.

import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checks } from "../src/testing/conformance.ts";
import * as index from "./index.ts";

const all = Object.values(index);
const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

test("every folder is listed in scenarios/index.ts, under its own name", () => {
  expect(all.map(({ id }) => id).sort()).toEqual(folders.sort());
});

describe.each(all.map((scenario) => [scenario.id, scenario] as const))("%s", (_, scenario) => {
  const exempt: Readonly<Record<string, string>> = scenario.exempt ?? {};

  test.each(Object.entries(checks).filter(([name]) => !exempt[name]))("%s", (_, check) => {
    expect(check({ scenario, all })).toEqual([]);
  });

  test("it is exempt from nothing that does not exist, and never without a reason", () => {
    const idle = Object.entries(exempt).filter(([name, why]) => !checks[name] || !why);
    expect(idle).toEqual([]);
  });
});
