import { describe, expect, test } from "vitest";
import type { EntityKind, RegisterChange } from "../register/entities.ts";
import { Register } from "../register/register.ts";
import { changed, sampleScenarios, sampleStreet } from "../register/sample.ts";
import { scratch } from "../testing/scratch.ts";
import { type Import, type ImportFile, importFiles } from "./import-files.ts";

const write = scratch();
const file = async (
  name: string,
  content: string | Uint8Array,
  kind?: EntityKind,
): Promise<ImportFile> => ({ path: await write(name, content), ...(kind ? { kind } : {}) });

const filled = (changes: readonly RegisterChange[] = sampleStreet): Register => {
  const register = new Register(sampleScenarios);
  register.apply(changes);
  return register;
};

/** "line field: English" of each line of a report. */
const told = ({ report }: Import): string[] =>
  report.map(({ line, field, text }) => `${line} ${field}: ${text.en}`);

describe("a table", () => {
  test("gives one change for each row, as its columns say", async () => {
    const sites = await file(
      "sites.csv",
      [
        "id,kind,name.zh,name.en,parentId,cellId,lon,lat,facts.lifts.ratedSpeed,facts.lifts.floors",
        "l-1,lift,一号梯,Lift 1,house,g1,,,1.75,12",
        'p-1,square,"东,广场",East Square,,g2,124.0155,30.0051,,',
      ].join("\n"),
    );
    const { changes, report } = await importFiles([sites], filled());
    expect(report).toEqual([]);
    expect(changes).toEqual([
      {
        put: "site",
        value: {
          id: "l-1",
          kind: "lift",
          name: { zh: "一号梯", en: "Lift 1" },
          parentId: "house",
          cellId: "g1",
          facts: { lifts: { ratedSpeed: 1.75, floors: 12 } },
        },
      },
      {
        put: "site",
        value: {
          id: "p-1",
          kind: "square",
          name: { zh: "东,广场", en: "East Square" },
          cellId: "g2",
          at: { lon: 124.0155, lat: 30.0051 },
          facts: {},
        },
      },
    ]);
  });

  test("may come from a spreadsheet: byte order mark, semicolons, CRLF, quoted breaks, blank lines, notes", async () => {
    const text =
      '\uFEFFid;siteId;"scenario";model;#note\r\n\r\ns-1;plaza;crowds;"two\r\nlines";x\r\ns-2;plaza;crowds;;\r\n;;;;\r\n';
    const { changes, report } = await importFiles([await file("sensors.csv", text)], filled());
    expect(report).toEqual([]);
    expect(changes.map((change) => "put" in change && change.value)).toEqual([
      { id: "s-1", siteId: "plaza", scenario: "crowds", model: "two\r\nlines" },
      { id: "s-2", siteId: "plaza", scenario: "crowds" },
    ]);
  });

  test("a site without a cell is put into the one its point lies in, be that cell new or on record", async () => {
    const cells = await file(
      "cells.csv",
      'id,code,communityId,ring\ng3,990106001002002,c2,"POLYGON((124.02 30, 124.03 30, 124.03 30.01, 124.02 30.01, 124.02 30))"\n',
    );
    const header = "id,kind,name.zh,name.en,lon,lat\n";
    const sites = await file(
      "sites.csv",
      `${header}n-1,bin,箱,Bin,124.025,30.005\nn-2,bin,箱,Bin,124.005,30.005\n`,
    );
    const { changes, report } = await importFiles([sites, cells], filled());
    expect(report).toEqual([]);
    expect(changes.slice(0, 2)).toMatchObject([
      { value: { id: "n-1", cellId: "g3" } },
      { value: { id: "n-2", cellId: "g1" } },
    ]);
    const astray = await file("sites.csv", `${header}n-3,bin,箱,Bin,125,30\n`);
    expect(told(await importFiles([astray], filled()))).toEqual([
      "2 cellId: The point lies in no cell. Fill in cellId, or register the cell that is there",
    ]);
  });

  test("a row says only what its columns say: the secret and all else stay as they are", async () => {
    const register = filled([
      ...sampleStreet,
      changed("s-lift", { secretHash: "h", model: "old" }),
    ]);
    const models = await file("sensors.csv", "id,model\ns-lift,new\ns-bed,\n");
    const { changes, unchanged } = await importFiles([models], register);
    expect(changes).toEqual([
      {
        put: "sensor",
        value: {
          id: "s-lift",
          siteId: "lift",
          scenario: "lifts",
          gatewayId: "gw",
          secretHash: "h",
          model: "new",
        },
      },
    ]);
    expect(unchanged).toBe(1);
  });

  test("an empty cell takes away what was there", async () => {
    const sensors = await file("sensors.csv", "id,gatewayId\ns-lift,\n");
    const { changes } = await importFiles([sensors], filled());
    expect(changes).toEqual([
      { put: "sensor", value: { id: "s-lift", siteId: "lift", scenario: "lifts" } },
    ]);
    const sites = await file("sites.csv", "id,lon,lat,facts.crowds.areaM2\nplaza,,,\n");
    const [change] = (await importFiles([sites], filled())).changes;
    expect(change).toEqual({
      put: "site",
      value: {
        id: "plaza",
        kind: "square",
        name: { zh: "广场", en: "广场" },
        cellId: "g2",
        facts: {},
      },
    });
  });
});

describe("a report", () => {
  test("names file, line, column and value, and nothing is half imported", async () => {
    const sensors = await file(
      "sensors.csv",
      'id,siteId,scenario,model\ns-1,plaza,crowds,"a\nb"\ns-2,nowhere,crowds,\ns 3,plaza,lamps,\ns-4,plaza,crowds,,,\n',
    );
    const outcome = await importFiles([sensors], filled());
    expect(outcome.changes).toEqual([]);
    expect(
      outcome.report.map(({ file, line, field, value }) => [file, line, field, value]),
    ).toEqual([
      [sensors.path, 4, "siteId", "nowhere"],
      [sensors.path, 5, "id", "s 3"],
      [sensors.path, 6, "", ""],
    ]);
    for (const { text } of outcome.report) expect(text.zh).toMatch(/[；;]/);
  });

  test("a row of several lines is found by its first, after blank lines and whatever ends a line", async () => {
    for (const end of ["\n", "\r\n"]) {
      const lines = [
        "id,siteId,scenario,model",
        "",
        's-1,plaza,crowds,"a\r\nb\nc"',
        's-2,nowhere,crowds,"a\r\nb"',
        "s-3,nowhere,crowds,",
      ];
      const { report } = await importFiles([await file("sensors.csv", lines.join(end))], filled());
      expect(report.map(({ line, value }) => [line, value])).toEqual([
        [6, "nowhere"],
        [8, "nowhere"],
      ]);
    }
    const broken = await file(
      "sensors.csv",
      'id,siteId,scenario,model\n\ns-1,plaza,crowds,x\ns-2,plaza,"crowds\n',
    );
    expect((await importFiles([broken], filled())).report).toMatchObject([{ line: 4 }]);
  });

  test("with bad rows to be skipped the good ones come, and rows that need a bad one go with it", async () => {
    const sites = await file(
      "sites.csv",
      "id,kind,name.zh,name.en,parentId,cellId\na,room,甲,A,,g1\nb,room,乙,B,a,g9\nc,room,丙,C,b,g1\nd,room,丁,D,a,g1\n",
    );
    const sensors = await file("sensors.csv", "id,siteId,scenario\ns-1,c,crowds\ns-2,d,crowds\n");
    const whole = await importFiles([sites, sensors], filled());
    expect(whole.changes).toEqual([]);
    expect(told(whole)).toHaveLength(1);
    const parts = await importFiles([sites, sensors], filled(), { skipBad: true });
    expect(parts.changes.map((change) => "put" in change && change.value.id)).toEqual([
      "a",
      "d",
      "s-2",
    ]);
    expect(parts.report.map(({ file, line, value }) => [file, line, value])).toEqual([
      [sites.path, 3, "g9"],
      [sites.path, 4, "b"],
      [sensors.path, 2, "c"],
    ]);
    expect(filled().check(parts.changes)).toEqual([]);
  });

  test("a row that names one that cannot be read is not blamed for it", async () => {
    const sites = await file(
      "sites.csv",
      "id,kind,name.zh,name.en,cellId,lon\na,room,甲,A,g1,east\n",
    );
    const sensors = await file("sensors.csv", "id,siteId,scenario\ns-1,a,crowds\n");
    expect(told(await importFiles([sites, sensors], filled()))).toEqual([
      "2 lon: The value does not fit. It must be a number like 4.55, with a point and without a unit",
    ]);
  });

  test("the second of two rows with one id is told where the first is", async () => {
    const sensors = await file(
      "sensors.csv",
      "id,siteId,scenario\ns-1,plaza,crowds\ns-1,plaza,crowds\n",
    );
    expect(told(await importFiles([sensors], filled()))).toEqual([
      `3 id: The id occurs twice in one batch. Keep one of the two (the other: ${sensors.path}:2)`,
    ]);
  });

  test("cells that do not read say what they must be", async () => {
    const permits = await file(
      "permits.csv",
      "id,kind,name.zh,name.en,from,to,siteId,ring,mutes\np,works,工,W,2026-02-30,tomorrow,plaza,POINT(1 2),\n",
    );
    const lines = told(await importFiles([permits], filled()));
    expect(lines.map((line) => line.split(":")[0])).toEqual(["2 from", "2 to", "2 ring"]);
    const street = await file("street.csv", "id,synthetic\nst,maybe\n");
    expect(told(await importFiles([street], filled()))).toEqual([
      "2 synthetic: The value does not fit. It must be true or false",
    ]);
  });

  test("facts are read by their scenario's schema, and told by their column", async () => {
    const sites = await file(
      "sites.csv",
      "id,facts.lifts.ratedSpeed,facts.lifts.floors\nlift,fast,6\nlift,99,6.5\n",
    );
    expect(told(await importFiles([sites], filled()))).toEqual([
      "2 facts.lifts.ratedSpeed: The value does not fit. It must be a number like 4.55, with a point and without a unit",
      "3 facts.lifts.ratedSpeed: The value does not fit. It must be at most 10",
      "3 facts.lifts.floors: The value does not fit. It must be a whole number",
    ]);
  });
});
