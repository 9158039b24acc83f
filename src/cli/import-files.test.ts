import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EntityKind, RegisterChange } from "../register/entities.ts";
import { exportCsv } from "../register/export-csv.ts";
import { Register } from "../register/register.ts";
import { changed, sampleScenarios, sampleStreet } from "../register/sample.ts";
import { entityKinds } from "../register/shapes.ts";
import { type Import, type ImportFile, importFiles, kindOfFile } from "./import-files.ts";

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "import-"));
});
afterAll(() => rm(folder, { recursive: true }));

const filled = (changes: readonly RegisterChange[] = sampleStreet): Register => {
  const register = new Register(sampleScenarios);
  register.apply(changes);
  return register;
};

/** Writes a file and says which. */
async function file(
  name: string,
  content: string | Uint8Array,
  kind?: EntityKind,
): Promise<ImportFile> {
  const path = join(folder, name.replace(/([.][^.]*)$/, `-${files++}$1`));
  await writeFile(path, content);
  return kind ? { path, kind } : { path };
}

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

describe("a header", () => {
  const headers: [string, string, string][] = [
    ["sensors.csv", "id,siteid\n", "There is no such column"],
    ["sites.csv", "id,facts.lifts.colour\n", "There is no such column"],
    ["sites.csv", "id,facts.lamps.power\n", "There is no such column"],
    ["sensors.csv", "id,secretHash\n", "There is no such column"],
    ["sensors.csv", "id,__proto__\n", "There is no such column"],
    ["sensors.csv", "id,model,model\n", "The column is there twice"],
    ["sensors.csv", "siteId,scenario\n", "There is no id column"],
    ["sensors.csv", "", "The file has no header line"],
    ["sensors.csv", '"id,siteId\ns-1,plaza\n', "The CSV breaks here (CSV_QUOTE_NOT_CLOSED)"],
  ];
  test.each(headers)("%s %j is refused: %s", async (name, text, says) => {
    const outcome = await importFiles([await file(name, text)], filled(), { skipBad: true });
    expect(outcome.report[0]?.text.en).toContain(says);
    expect(outcome.changes).toEqual([]);
  });
});

describe("a file", () => {
  test("in GB18030 is named as that, with the command that converts it", async () => {
    const gb = new Uint8Array([0x69, 0x64, 0x0a, 0xc9, 0xe7, 0xc7, 0xf8, 0x0a]); // "id", "社区"
    const sites = await file("sites.csv", gb);
    const [line] = (await importFiles([sites], filled())).report;
    expect(line?.text.en).toContain(`iconv -f GB18030 -t UTF-8 ${sites.path} > `);
    expect(line?.text.zh).toContain("GB18030");
  });

  test("in UTF-16, a workbook, or no text at all is named as that", async () => {
    const wide = await file("sites.csv", new Uint8Array([0xff, 0xfe, 0x69, 0x00]));
    const book = await file("sites.csv", new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00]));
    const noise = await file("sites.csv", new Uint8Array([0x69, 0x64, 0x00, 0x80, 0xff]));
    const { report } = await importFiles([wide, book, noise], filled());
    expect(report.map(({ text }) => text.en.slice(0, 30))).toEqual([
      "The file is in UTF-16; convert",
      "This is a spreadsheet's workbo",
      "The file is not UTF-8 text; sa",
    ]);
  });

  test("that is missing, of no known kind or of no known format is told, and does not throw", async () => {
    const missing = { path: join(folder, "sensors-missing.csv") };
    const unknown = await file("things.csv", "id\n");
    const picture = await file("sensors.png", "id\n");
    const { report } = await importFiles([missing, unknown, picture], filled());
    expect(report.map(({ text }) => text.en.slice(0, 27))).toEqual([
      "The file cannot be read (EN",
      "The file's name does not te",
      "The format is not known; us",
    ]);
  });

  test("tells its kind by the word its name begins with", () => {
    expect(kindOfFile("/x/communities.csv")).toBe("community");
    expect(kindOfFile("Cells-2026.geojson")).toBe("cell");
    expect(kindOfFile("street.csv")).toBe("street");
    expect(kindOfFile("sitemap.csv")).toBeUndefined();
    expect(kindOfFile("my-sensors.csv")).toBeUndefined();
  });
});

describe("a map", () => {
  const collection = (...features: unknown[]) =>
    JSON.stringify({ type: "FeatureCollection", features });
  const feature = (properties: unknown, type?: string, coordinates?: unknown) => ({
    type: "Feature",
    properties,
    geometry: type ? { type, coordinates } : null,
  });

  test("gives cells their boundary and sites their point, with properties named as columns or nested", async () => {
    const ring = [
      [124.02, 30],
      [124.03, 30],
      [124.03, 30.01],
      [124.02, 30],
    ];
    const cells = await file(
      "cells.geojson",
      collection(
        feature({ id: "g3", code: "990106001002002", communityId: "c2" }, "MultiPolygon", [[ring]]),
      ),
    );
    const sites = await file(
      "sites.geojson",
      collection({
        ...feature(
          {
            kind: "lift",
            "name.zh": "梯",
            name: { en: "Lift" },
            facts: { lifts: { ratedSpeed: 2 } },
            "#fid": 1,
          },
          "Point",
          [124.029, 30.001, 12],
        ),
        id: "l-9",
      }),
    );
    const { changes, report } = await importFiles([cells, sites], filled());
    expect(report).toEqual([]);
    expect(changes).toMatchObject([
      { value: { id: "g3", ring: ring.slice(0, 3).map(([lon, lat]) => ({ lon, lat })) } },
      {
        value: {
          id: "l-9",
          name: { zh: "梯", en: "Lift" },
          cellId: "g3",
          at: { lon: 124.029, lat: 30.001 },
          facts: { lifts: { ratedSpeed: 2 } },
        },
      },
    ]);
  });

  test("bad features are told by their number", async () => {
    const hole = [
      [
        [0, 0],
        [9, 0],
        [9, 9],
      ],
      [
        [1, 1],
        [2, 1],
        [2, 2],
      ],
    ];
    const cells = await file(
      "cells.json",
      collection(
        feature({ id: "g4", code: "990106001002003", communityId: "c2" }, "Polygon", hole),
        feature({ id: "g5", code: 990106001002004, communityId: "c2", fid: 3 }, "Point", [124, 30]),
        null,
        feature({ id: "g6", code: "990106001002005", communityId: "c2" }, "Polygon", [
          [[null], "x", 3],
        ]),
      ),
    );
    const outcome = await importFiles([cells], filled());
    expect(outcome.changes).toEqual([]);
    expect(outcome.report.map(({ line, field }) => `${line} ${field}`)).toEqual(
      expect.arrayContaining(["1 geometry", "2 fid", "2 geometry", "3 id", "4 ring"]),
    );
  });

  test("what is no GeoJSON is told as that", async () => {
    const broken = await file("cells.geojson", "{");
    const other = await file("cells.geojson", '{"type":"Topology"}');
    const { report } = await importFiles([broken, other], filled());
    expect(report.map(({ text }) => text.en.slice(0, 26))).toEqual([
      "The file is not valid JSON",
      "The file is not GeoJSON; i",
    ]);
  });
});

describe("what is exported", () => {
  const roundTrip = async (register: Register): Promise<Import> => {
    const exported = [];
    for (const kind of entityKinds)
      exported.push(await file("round-trip.csv", exportCsv(register, kind), kind));
    return importFiles(exported, new Register(sampleScenarios));
  };

  test("is imported again as the same register", async () => {
    const register = filled();
    const again = await roundTrip(register);
    expect(again.report).toEqual([]);
    const other = new Register(sampleScenarios);
    other.apply(again.changes);
    expect(other.changes()).toEqual(register.changes());
  });

  test("is imported into the register it came from without changing anything", async () => {
    const register = filled([...sampleStreet, changed("gw", { secretHash: "h" })]);
    for (const kind of entityKinds) {
      const { changes, report, unchanged } = await importFiles(
        [await file("same.csv", exportCsv(register, kind), kind)],
        register,
      );
      expect([changes, report]).toEqual([[], []]);
      expect(unchanged).toBe(register.all(kind).length);
    }
  });

  test("has no secret in it and no cell that a spreadsheet would run", async () => {
    const register = filled([
      ...sampleStreet,
      changed("s-lift", { secretHash: "top-secret", model: '=HYPERLINK("http://x")' }),
      changed("s-bed", { model: "-1+2" }),
    ]);
    const text = exportCsv(register, "sensor");
    expect(text).not.toContain("top-secret");
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(text).toContain(",'-1+2,");
  });

  test("survives any text, number and place", async () => {
    const prose = fc
      .string({ minLength: 1, maxLength: 20, unit: "grapheme" })
      .filter((s) => s.trim() !== "");
    const odd = fc.constantFrom(
      "=1+1",
      "'=1",
      "''@x",
      "-5",
      "+",
      "'quoted",
      'a"b',
      "a,b;c\td",
      "\r\nx",
      "true",
      "12",
    );
    const name = fc.record({ zh: fc.oneof(prose, odd), en: fc.oneof(prose, odd) });
    const degrees = fc.double({ min: -89, max: 89, noNaN: true }).map((n) => n + 0); // no -0
    const speed = fc.double({ min: 0.1, max: 10, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        name,
        degrees,
        degrees,
        speed,
        name,
        async (first, lon, lat, ratedSpeed, second) => {
          const register = filled([
            ...sampleStreet,
            changed("lift", { name: first, at: { lon, lat }, facts: { lifts: { ratedSpeed } } }),
            changed("s-lift", {
              model: second.zh,
              outOfService: { by: second.en, since: 1_789_430_400_123, reason: first.en },
            }),
          ]);
          const again = await roundTrip(register);
          expect(again.report).toEqual([]);
          const other = new Register(sampleScenarios);
          other.apply(again.changes);
          expect(other.changes()).toEqual(register.changes());
        },
      ),
      { numRuns: 100 },
    );
  });
});
