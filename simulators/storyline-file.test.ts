import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Complaint } from "./complaint.ts";
import { parseStoryline, readStoryline } from "./storyline-file.ts";
import { storylineNamed, storylineNames } from "./storylines/index.ts";

const good = `id: night
name: { zh: 夜, en: Night }
tells: { zh: 夜里, en: At night }
begins: "22:00"
faults: ["drop:2%"]
steps:
  # the well fills
  - at: 5
    scenario: well
    incident: full
    sites: { count: 1 }
    lasts: 30
`;
const complaintOf = (content: string): Complaint => {
  try {
    parseStoryline(content, "night.yaml");
  } catch (error) {
    if (error instanceof Complaint) return error;
    throw error;
  }
  throw new Error("it was taken");
};

test("a storyline is read from YAML, and the same from JSON", () => {
  const read = parseStoryline(good, "night.yaml");
  expect(read).toMatchObject({ begins: "22:00", faults: ["drop:2%"] });
  expect(read.steps).toEqual([
    { at: 5, scenario: "well", incident: "full", sites: { count: 1 }, lasts: 30 },
  ]);
  const file = join(mkdtempSync(join(tmpdir(), "storyline-")), "night.json");
  writeFileSync(file, JSON.stringify(read));
  expect(readStoryline(file)).toEqual(read);
});

test.each([
  [["lasts: 30", "lasts: -1"], 12, "steps[0].lasts is -1", "minutes, more than 0"],
  [["at: 5", "at: soon"], 8, 'steps[0].at is "soon"', "minutes, from 0"],
  [["count: 1", "count: 1.5"], 11, "steps[0].sites.count is 1.5", "a whole number from 1"],
  [["count: 1", "coutn: 1"], 11, "steps[0].sites.coutn is no field", "withinOne, place and count"],
  [["    scenario: well\n", ""], 8, "steps[0].scenario is missing", "letters, digits"],
  [['"22:00"', "22:00"], 4, "begins is 1320", 'a local time in quotes, as "22:00"'],
  [["zh: 夜, en", "en"], 2, "name.zh is missing", "some words"],
])(
  "a wrong field is told by file, line, path, value and remedy: %j",
  (change, line, what, remedy) => {
    const [from, to] = change as [string, string];
    const wrong = `%YAML 1.1\n---\n${good.replace(from, to)}`;
    // 22:00 without quotes is a number only to YAML 1.1, which some editors still write.
    const content = from === '"22:00"' ? wrong : good.replace(from, to);
    const { message, text } = complaintOf(content);
    const at = from === '"22:00"' ? line + 2 : line;
    expect(message).toContain(`night.yaml, line ${at}: ${what}`);
    expect(message).toContain(remedy);
    expect(text.zh).toMatch(/剧本 night.yaml 第 \d+ 行：.*应为/);
  },
);

test("what is no YAML is told by line and column, and a file that is not there by name", () => {
  expect(complaintOf(good.replace("{ count: 1 }", "{ count: 1")).message).toMatch(
    /night.yaml is no YAML at line 1\d, column \d+/,
  );
  expect(() => readStoryline("/nowhere/night.yaml")).toThrow(
    /\/nowhere\/night.yaml cannot be read/,
  );
  expect(complaintOf("").message).toContain("night.yaml");
  expect(complaintOf("- 1").message).toContain("made of id, name");
});

test("every storyline of the house can be read, and is named as its file", () => {
  const names = storylineNames();
  expect(names).toContain("storm-night");
  for (const name of names) {
    const { id, begins } = storylineNamed(name);
    expect(id).toBe(name);
    expect(begins).toBeDefined();
  }
});
