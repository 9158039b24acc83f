import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RegisterChange } from "./entities.ts";
import { problems } from "./problems.ts";
import { Register } from "./register.ts";
import { changed, newYear, sampleScenarios, sampleStreet } from "./sample.ts";

const filled = new Register(sampleScenarios);
filled.apply(sampleStreet);

/** "index code field" of each problem. */
const told = (changes: readonly unknown[], register = filled): string[] =>
  register
    .check(changes as RegisterChange[])
    .map(({ index, code, field }) => `${index} ${code} ${field}`);

test("a whole street fits an empty register, in any order of rows", () => {
  expect(new Register(sampleScenarios).check(sampleStreet)).toEqual([]);
  expect(new Register(sampleScenarios).check([...sampleStreet].reverse())).toEqual([]);
});

test("a check changes nothing", () => {
  const register = new Register(sampleScenarios);
  register.check(sampleStreet);
  expect(register.changes()).toEqual([]);
});

test("a problem says what was found, what is wrong and what to do, in both languages", () => {
  const [problem] = filled.check([changed("lift", { facts: { lifts: { ratedSpeed: 99 } } })]);
  expect(problem).toEqual({
    index: 0,
    entity: "site",
    id: "lift",
    field: "facts.lifts.ratedSpeed",
    value: "99",
    code: "value-wrong",
    says: problems["value-wrong"].says,
    remedy: { zh: "应为：不大于 10", en: "It must be at most 10" },
  });
});

test("no problem's text is left with an unfilled place", () => {
  const batch = [
    changed("lift", { facts: { lifts: { ratedSpeed: "fast", floors: 1.5 }, nothing: {} } }),
    changed("plaza", { facts: { crowds: { use: "dancing", areaM2: Number.NaN } } }),
    changed("c1", { code: "990106001" }),
    changed("g1", { code: "990106001002001", ring: [] }),
    { remove: "site", id: "flat" },
    { put: "street", value: {} },
    { put: "planet", value: {} },
  ];
  for (const { says, remedy } of filled.check(batch as RegisterChange[]))
    for (const text of [says.zh, says.en, remedy.zh, remedy.en])
      expect(text).not.toMatch(/\{\w+\}|undefined|[:：] ?$/);
});

describe("shape", () => {
  test("no change, however wild, makes the check throw; what it lets pass can be applied and asked", () => {
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom("__proto__", "constructor", Number.NaN, -0, 1e308, "g1", "lift", "c1", []),
    );
    const mutated = fc
      .tuple(fc.constantFrom(...sampleStreet), fc.string({ maxLength: 3 }), odd, fc.nat())
      .map(([change, name, value, pick]) => {
        const row = JSON.parse(JSON.stringify(change)) as { value: Record<string, unknown> };
        const names = [...Object.keys(row.value), name, "facts", "at"];
        Object.defineProperty(row.value, names[pick % names.length]!, { value, enumerable: true });
        return row;
      });
    fc.assert(
      fc.property(fc.array(fc.oneof(mutated, odd), { maxLength: 4 }), (batch) => {
        const found = filled.check(batch as RegisterChange[]);
        for (const { index } of found) expect(index).toBeLessThan(batch.length);
        if (found.length > 0) return;
        const register = new Register(sampleScenarios);
        register.apply(filled.changes());
        register.apply(batch as RegisterChange[]);
        for (const { siteId } of register.all("sensor"))
          register.permitsFor(siteId, "crowds", "dense", 0);
        expect(new Register(sampleScenarios).check(register.changes())).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  test("a change that is none is told apart from one of an unknown kind, and neither throws", () => {
    for (const wild of [null, undefined, 7, "put", [], {}, { put: "planet", value: {} }])
      expect(told([wild])).toEqual(["0 change-unknown put"]);
    for (const value of [null, 7, [], { id: 3 }])
      expect(told([{ put: "gateway", value }])[0]).toMatch(/^0 (field-missing|value-wrong|id-m)/);
  });

  test("missing, surplus and mistyped fields are named", () => {
    expect(told([{ put: "gateway", value: { id: "g", siteid: "house" } }])).toEqual([
      "0 field-missing siteId",
      "0 field-unknown siteid",
    ]);
    expect(told([changed("plaza", { at: { lon: "124", lat: 30 } })])).toEqual([
      "0 value-wrong at.lon",
    ]);
    expect(told([changed("plaza", { name: { zh: "广场" } })])).toEqual(["0 field-missing name.en"]);
  });

  test("ids are 1 to 64 of the characters that a topic can carry", () => {
    for (const id of ["", "a/b", "a+b", "a#", "门", "a b", "x".repeat(65)]) {
      expect(told([changed("gw", { id })])).toEqual(["0 id-malformed id"]);
      expect(told([{ remove: "gateway", id }])).toEqual(["0 id-malformed id"]);
    }
    expect(told([changed("gw", { id: "x".repeat(64) })])).toEqual([]);
    expect(told([changed("gw", { siteId: "a/b" })])).toEqual(["0 id-malformed siteId"]);
  });

  test("swapped coordinates are called that", () => {
    const [problem] = filled.check([changed("plaza", { at: { lon: 30, lat: 124 } })]);
    expect(problem).toMatchObject({ code: "point-outside", field: "at.lat", value: "124" });
  });

  test("a boundary must enclose something", () => {
    const line = [0, 1, 2, 3].map((n) => ({ lon: 124 + n / 100, lat: 30 }));
    expect(told([changed("g1", { ring: line })])).toEqual(["0 ring-malformed ring"]);
    expect(told([changed("g1", { ring: line.slice(0, 2) })])).toEqual(["0 ring-malformed ring"]);
  });
});

describe("ids", () => {
  test("one id may stand once in a batch, and the second place is told where the first is", () => {
    const twice = [changed("gw", {}), changed("plaza", {}), changed("gw", {})];
    expect(told(twice)).toEqual(["2 id-twice id"]);
    expect(filled.check(twice)[0]?.remedy.en).toContain("#1");
  });

  test("a gateway cannot have the id of a sensor, since both log in with it", () => {
    expect(told([changed("gw", { id: "s-bed" })])).toEqual(["0 id-taken id"]);
    expect(told([changed("s-bed", { id: "gw" })])).toEqual(["0 id-taken id"]);
    const together = [changed("gw", { id: "new" }), changed("s-bed", { id: "new" })];
    expect(told(together)).toEqual(["0 id-taken id", "1 id-taken id"]);
  });
});

describe("codes", () => {
  test("a street has 9 digits, a community 12, a cell 15", () => {
    expect(told([changed("st", { code: "99010600" })])).toEqual(["0 code-malformed code"]);
    expect(told([changed("c1", { code: "9901060010011" })])).toEqual(["0 code-malformed code"]);
    expect(told([changed("g1", { code: "9.90106E+14" })])).toEqual(["0 code-malformed code"]);
    expect(filled.check([changed("g1", { code: "1" })])[0]?.remedy.en).toContain("15 digits");
  });

  test("each code continues that of the level above", () => {
    expect(told([changed("c1", { code: "990107001001" })])).toContain("0 code-foreign code");
    expect(told([changed("g1", { code: "990106001002009" })])).toEqual(["0 code-foreign code"]);
  });

  test("a community cannot take another code and leave its cells behind", () => {
    expect(told([changed("c1", { code: "990106001009" })])).toEqual(["0 code-foreign code"]);
    const both = [
      changed("c1", { code: "990106001009" }),
      changed("g1", { code: "990106001009001" }),
    ];
    expect(told(both)).toEqual([]);
    expect(told([changed("st", { code: "990106002" })])).toEqual(["0 code-foreign code"]);
  });

  test("no two have one code, be the other in the register or in the batch", () => {
    const copy = changed("g1", { id: "g9" });
    expect(told([copy])).toEqual(["0 code-taken code"]);
    expect(told([copy, { remove: "cell", id: "g1" }])).not.toContain("0 code-taken code");
    const free = { code: "990106001001077" };
    expect(
      told([changed("g1", { id: "g8", ...free }), changed("g1", { id: "g9", ...free })]),
    ).toEqual(["1 code-taken code"]);
  });

  test("there is one street to a brain", () => {
    expect(told([changed("st", { id: "st2", code: "990106002" })])).toEqual(["0 street-second id"]);
    expect(told([changed("st", { name: { zh: "新", en: "new" } })])).toEqual([]);
  });
});

describe("references", () => {
  test("what is named must be there, in the register or in the batch", () => {
    expect(told([changed("gw", { siteId: "nowhere" })])).toEqual(["0 reference-unknown siteId"]);
    expect(told([changed("u-1", { communityIds: ["c1", "c9"] })])).toEqual([
      "0 reference-unknown communityIds",
    ]);
    const batch = [changed("gw", { siteId: "new" }), changed("plaza", { id: "new" })];
    expect(told(batch)).toEqual([]);
  });

  test("a row that names a bad row is not blamed for it", () => {
    const batch = [changed("plaza", { id: "new", kind: "" }), changed("gw", { siteId: "new" })];
    expect(told(batch)).toEqual(["0 value-wrong kind"]);
  });

  test("what is referred to cannot be removed, unless those that refer to it go or turn away too", () => {
    expect(told([{ remove: "gateway", id: "gw" }])).toEqual(["0 still-used id"]);
    const [problem] = filled.check([{ remove: "gateway", id: "gw" }]);
    expect(problem?.remedy.en).toBe("First change or remove: sensor s-lift, sensor s-bed");
    expect(
      told([
        { remove: "gateway", id: "gw" },
        { remove: "sensor", id: "s-lift" },
        changed("s-bed", { gatewayId: undefined }),
      ]),
    ).toEqual([]);
    expect(
      told([{ remove: "gateway", id: "gw" }, changed("s-lift", {}), changed("s-bed", {})]),
    ).toEqual(["1 reference-unknown gatewayId", "2 reference-unknown gatewayId"]);
  });

  test("what is not there cannot be removed", () => {
    expect(told([{ remove: "sensor", id: "s-9" }])).toEqual(["0 not-there id"]);
  });
});

describe("sites", () => {
  test("no site lies within itself, however long the circle and wherever it is closed", () => {
    expect(told([changed("house", { parentId: "house" })])).toEqual(["0 nesting-cycle parentId"]);
    expect(told([changed("compound", { parentId: "lift" })])).toEqual(["0 nesting-cycle parentId"]);
    const [problem] = filled.check([changed("compound", { parentId: "lift" })]);
    expect(problem?.remedy.en).toContain("compound → lift → house → compound");
  });

  test("sites nest no deeper than any town does", () => {
    const chain = Array.from({ length: 20 }, (_, n) =>
      changed("plaza", { id: `n${n}`, ...(n === 0 ? {} : { parentId: `n${n - 1}` }) }),
    );
    expect(told(chain)).toEqual([16, 17, 18, 19].map((n) => `${n} nesting-deep parentId`));
  });

  test("facts are held against the schema of their scenario, field by field", () => {
    expect(told([changed("lift", { facts: { lifts: { ratedSpeed: 0, floors: 1.5 } } })])).toEqual([
      "0 value-wrong facts.lifts.ratedSpeed",
      "0 value-wrong facts.lifts.floors",
    ]);
    const [problem] = filled.check([changed("plaza", { facts: { crowds: { use: "dancing" } } })]);
    expect(problem?.remedy.en).toBe("It must be one of standing, walkway");
    expect(told([changed("plaza", { facts: { lamps: {} } })])).toEqual([
      "0 scenario-unknown facts.lamps",
    ]);
  });

  test("a site cannot lose the facts that the sensors on it are judged by", () => {
    expect(told([changed("lift", { facts: {} })])).toEqual(["0 facts-missing facts.lifts"]);
    expect(told([changed("lift", { facts: {} }), { remove: "sensor", id: "s-lift" }])).toEqual([]);
    expect(told([changed("plaza", { facts: {} })])).toEqual([]); // its defaults are enough
  });
});

describe("sensors", () => {
  test("a sensor's scenario is known and its site can tell it what it needs", () => {
    expect(told([changed("s-lift", { scenario: "lamps" })])).toEqual([
      "0 scenario-unknown scenario",
    ]);
    const [problem] = filled.check([changed("s-lift", { siteId: "house" })]);
    expect(problem).toMatchObject({ code: "facts-missing", field: "siteId", value: "house" });
    expect(problem?.remedy.en).toContain("facts.lifts.ratedSpeed");
  });

  test("bad facts are told once, at the site's row and not again at each of its sensors", () => {
    const bad = changed("lift", { facts: { lifts: { ratedSpeed: 0 } } });
    expect(told([bad, changed("s-lift", {})])).toEqual(["0 value-wrong facts.lifts.ratedSpeed"]);
  });
});

describe("permits and consents", () => {
  test("a permit has a time and a place", () => {
    expect(told([changed("works", { to: newYear })])).toEqual(["0 window-empty to"]);
    expect(told([changed("works", { siteId: undefined })])).toEqual(["0 place-missing siteId"]);
  });

  test("a permit mutes rules that exist, and never life safety", () => {
    expect(told([changed("works", { mutes: ["crowds", "lifts/door"] })])).toEqual([]);
    expect(
      told([changed("works", { mutes: ["lamps", "lifts/window", "lifts/trapped", "a/b/c"] })]),
    ).toEqual([
      "0 rule-unknown mutes.0",
      "0 rule-unknown mutes.1",
      "0 life-safety mutes.2",
      "0 rule-unknown mutes.3",
    ]);
  });

  test("a consent is for a purpose that somebody asks for, and ends after it begins", () => {
    expect(told([changed("k-1", { purpose: "vital-sings" })])).toEqual([
      "0 purpose-unknown purpose",
    ]);
    expect(told([changed("k-1", { withdrawnAt: newYear - 1 })])).toEqual([
      "0 time-order withdrawnAt",
    ]);
  });
});
