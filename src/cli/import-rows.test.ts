import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EntityKind, RegisterChange } from "../register/entities.ts";
import { Register } from "../register/register.ts";
import { sampleScenarios, sampleStreet } from "../register/sample.ts";
import { entityKinds } from "../register/shapes.ts";
import { scratch } from "../testing/scratch.ts";
import { type ImportFile, importFiles, kindOfFile } from "./import-files.ts";

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
    const missing = { path: join(tmpdir(), "sensors-missing.csv") };
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

  test("of any JSON at all is read or told, and never throws", async () => {
    const coordinates = fc.oneof(
      fc.jsonValue(),
      fc.constant([
        [
          [124, 30],
          [125, 30],
          [125, 31],
        ],
      ]),
    );
    const any = fc.record({
      properties: fc.oneof(
        fc.jsonValue(),
        fc.dictionary(
          fc.constantFrom("id", "name", "kind", "facts", "__proto__", "cellId"),
          fc.jsonValue(),
        ),
      ),
      geometry: fc.oneof(
        fc.jsonValue(),
        fc.record({ type: fc.constantFrom("Point", "Polygon", "MultiPolygon"), coordinates }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(any, fc.jsonValue()), { maxLength: 4 }),
        fc.constantFrom(...entityKinds),
        async (features, kind) => {
          const outcome = await importFiles(
            [await file("any.geojson", JSON.stringify({ features }), kind)],
            filled(),
            { skipBad: true },
          );
          expect(filled().check(outcome.changes)).toEqual([]);
        },
      ),
      { numRuns: 300 },
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
