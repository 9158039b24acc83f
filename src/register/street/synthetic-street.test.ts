import fc from "fast-check";
import Type from "typebox";
import { Create } from "typebox/value";
import { describe, expect, test } from "vitest";
import * as index from "../../../scenarios/index.ts";
import type { Rules } from "../../core/rule.ts";
import type { AnyScenario } from "../../core/scenario.ts";
import type { Entities, EntityKind, RegisterChange } from "../entities.ts";
import { inRing } from "../geometry.ts";
import { Register } from "../register.ts";
import { crowds, elders, lifts } from "../sample.ts";
import { streetCounts } from "./ratios.ts";
import { syntheticStreet } from "./synthetic-street.ts";

/** One scenario for each way of standing: in buildings and compounds, on squares, at the kerb, at the river, and a kind nobody foresaw. */
const small: readonly AnyScenario[] = [
  { ...lifts, id: "elevator-safety" },
  { ...elders, id: "elder-vital-signs" },
  { ...elders, id: "elder-sleep" },
  { ...crowds, id: "crowd-density" },
  { ...crowds, id: "non-motor-parking", siteKind: "bike-zone" },
  { ...crowds, id: "street-lamp", siteKind: "lamp-post" },
  { ...crowds, id: "smoke", siteKind: "compound" },
  { ...crowds, id: "smoke-alarm", siteKind: "flat" },
  { ...crowds, id: "electrical-fire", siteKind: "switchboard" },
  { ...crowds, id: "fire-lane-occupation", siteKind: "fire-lane" },
  { ...crowds, id: "road-flooding", siteKind: "underpass" },
  { ...crowds, id: "nobody-foresaw", siteKind: "widget" },
  {
    ...crowds,
    id: "river-level",
    siteKind: "station",
    site: Type.Object({ alertM: Type.Number(), dangerM: Type.Number(), stages: Type.Integer() }),
    sampleSite: { alertM: 3.7, dangerM: 4.4, stages: 3 },
  },
];

const registerOf = (scenarios: readonly AnyScenario[], changes: readonly RegisterChange[]) => {
  const register = new Register(scenarios);
  expect(register.check(changes)).toEqual([]);
  register.apply(changes);
  return register;
};

const valuesOf = <K extends EntityKind>(changes: readonly RegisterChange[], kind: K) =>
  changes.flatMap((change) =>
    "put" in change && change.put === kind ? [change.value as Entities[K]] : [],
  );

const realScenarios: readonly AnyScenario[] = Object.values(index);

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe("the ground", () => {
  test("every point of the street lies in exactly one cell, and every point of a cell in the street", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(seeds, fc.array(fc.tuple(share, share), { minLength: 200 }), (seed, shares) => {
        const { changes, map } = syntheticStreet(seed, { scenarios: [], sensors: 0 });
        const cells = valuesOf(changes, "cell");
        const { geometry } = map.boundary.features[0]!;
        const street = (geometry.coordinates as [number, number][][])[0]!.map(([lon, lat]) => ({
          lon,
          lat,
        }));
        const box = { west: 123.99, east: 124.03, south: 29.99, north: 30.03 };
        const points = [
          ...shares.map(([u, v]) => ({
            lon: box.west + u * (box.east - box.west),
            lat: box.south + v * (box.north - box.south),
          })),
          ...cells.flatMap(({ ring }) => ring), // the hardest: corners and edges themselves
        ];
        const wrong = points.filter((point) => {
          const holding = cells.filter(({ ring }) => inRing(ring, point)).length;
          return holding !== (inRing(street, point) ? 1 : 0);
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  test("twenty communities and about a hundred cells carry codes that continue one another", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { changes } = syntheticStreet(seed, { scenarios: [], sensors: 0 });
        const [street] = valuesOf(changes, "street");
        expect(street).toMatchObject({ code: "990106001", synthetic: true });
        expect(valuesOf(changes, "community")).toHaveLength(20);
        const codes = valuesOf(changes, "cell").map(({ code }) => code);
        expect(codes.length).toBeGreaterThan(85);
        expect(codes.length).toBeLessThan(115);
        expect(new Set(codes).size).toBe(codes.length);
        for (const code of codes) expect(code).toMatch(/^990106001\d{6}$/);
      }),
      { numRuns: 25 },
    );
  });

  test("a cell has about the ten thousand square metres it is named after", () => {
    const { changes } = syntheticStreet(1, { scenarios: [], sensors: 0 });
    for (const { ring } of valuesOf(changes, "cell")) {
      const metres = ring.map(({ lon, lat }) => [(lon - 124) * 96_486, (lat - 30) * 110_852]);
      const doubled = metres.reduce((sum, [x, y], i) => {
        const [nextX, nextY] = metres[(i + 1) % metres.length]!;
        return sum + x! * nextY! - nextX! * y!;
      }, 0);
      expect(doubled / 2).toBeGreaterThan(9_000);
      expect(doubled / 2).toBeLessThan(36_000);
    }
  });
});

describe("the sites", () => {
  test("each stands inside its cell, whatever the seed and the size of the fleet", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 3_000 }), (seed, sensors) => {
        const { changes } = syntheticStreet(seed, { scenarios: small, sensors });
        const register = registerOf(small, changes);
        const strays = [
          ...register.all("site").map(({ id, at, cellId }) => ({ id, at, cellId })),
          ...register
            .all("sensor")
            .map(({ id, at, siteId }) => ({ id, at, cellId: register.cellOf(siteId)?.id })),
        ].filter(({ at, cellId }) => at && register.cellAt(at)?.id !== cellId);
        expect(strays).toEqual([]);
        expect(register.all("site").filter(({ at }) => !at)).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });

  test("nest as places do: what is indoors in a building, building and fire lane in a compound, gauge at the river, lamp on a road", () => {
    const { changes } = syntheticStreet(1, { scenarios: small, sensors: 800 });
    const register = registerOf(small, changes);
    for (const site of register.all("site")) {
      const way = register.ancestors(site.id).map(({ kind }) => kind);
      if (["lift", "flat", "switchboard"].includes(site.kind))
        expect(way).toEqual(["building", "compound"]);
      if (["building", "fire-lane"].includes(site.kind)) expect(way).toEqual(["compound"]);
      if (["lamp-post", "bike-zone", "underpass", "widget"].includes(site.kind))
        expect(way).toEqual(["road"]);
      if (site.kind === "station") expect(way).toEqual(["river"]);
    }
    const kinds = new Set(register.all("site").map(({ kind }) => kind));
    for (const { siteKind } of small) expect(kinds).toContain(siteKind);
    for (const kind of ["compound", "building", "road", "river"]) expect(kinds).toContain(kind);
    const communities = new Set(
      register
        .all("site")
        .flatMap(({ id, kind }) => (kind === "square" ? [register.communityOf(id)?.id] : [])),
    );
    expect(communities.size).toBe(20); // a square in each
  });

  test("have a Chinese and an English name, and no two of a kind the same", () => {
    const { changes } = syntheticStreet(3, { scenarios: small, sensors: 5_000 });
    const sites = valuesOf(changes, "site");
    for (const { name } of sites) {
      expect(name.zh).toMatch(/[一-鿿]/);
      expect(name.en).not.toMatch(/[一-鿿]/);
    }
    expect(new Set(sites.map(({ kind, name }) => `${kind} ${name.zh}`)).size).toBe(sites.length);
    expect(new Set(sites.map(({ kind, name }) => `${kind} ${name.en}`)).size).toBe(sites.length);
  });

  test("an id of a flat says nothing of its door, since ids stand in topics", () => {
    const { changes } = syntheticStreet(3, { scenarios: small, sensors: 5_000 });
    for (const { kind, id } of valuesOf(changes, "site"))
      if (kind === "flat") expect(id).toMatch(/^flat-\d{5}$/);
  });

  test("keep their ids, places and facts when the fleet grows", () => {
    const byId = (sensors: number) =>
      new Map(
        valuesOf(syntheticStreet(5, { scenarios: small, sensors }).changes, "site").map((site) => [
          site.id,
          site,
        ]),
      );
    const [few, many] = [byId(300), byId(2_000)];
    for (const [id, site] of few) expect(many.get(id)).toMatchObject(site);
    expect(many.size).toBeGreaterThan(few.size);
  });
});

describe("the fleet", () => {
  test("has just as many sensors as were asked for, in the ratio that was asked for", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 2_500 }), (seed, sensors) => {
        const weights = { "elevator-safety": 3, "crowd-density": 1 };
        const scenarios = [small[0]!, small[3]!];
        const { changes } = syntheticStreet(seed, { scenarios, sensors, weights });
        const all = valuesOf(changes, "sensor");
        expect(all).toHaveLength(sensors);
        const lifting = all.filter(({ scenario }) => scenario === "elevator-safety").length;
        expect(Math.abs(lifting - sensors * 0.75)).toBeLessThan(1);
      }),
      { numRuns: 10 },
    );
  });

  test("speaks indoors through a gateway of its compound where it has no line, outdoors for itself", () => {
    const register = registerOf(
      small,
      syntheticStreet(1, { scenarios: small, sensors: 800 }).changes,
    );
    for (const { id, siteId, scenario, gatewayId } of register.all("sensor")) {
      const isIndoors = register.nearest(siteId, "building") !== undefined;
      const compound =
        isIndoors && scenario !== "smoke-alarm" ? register.nearest(siteId, "compound") : undefined;
      const gateway = gatewayId === undefined ? undefined : register.gateway(gatewayId);
      expect([id, gateway?.siteId]).toEqual([id, compound]);
    }
  });

  test("flats of elders have smoke detectors too: scenarios of one kind of site meet at the same ones", () => {
    const register = registerOf(
      small,
      syntheticStreet(1, { scenarios: small, sensors: 4_000 }).changes,
    );
    const sitesOf = (scenario: string) =>
      new Set(
        register.all("sensor").flatMap((one) => (one.scenario === scenario ? one.siteId : [])),
      );
    const [elders, smoke] = [sitesOf("elder-vital-signs"), sitesOf("smoke-alarm")];
    expect(elders.size).toBeGreaterThan(100);
    expect([...elders].filter((id) => !smoke.has(id))).toEqual([]);
  });

  test("a whole street has 21,000 sensors of 27 scenarios, and about 15,000 lines of their own", () => {
    expect(Object.values(streetCounts).reduce((all, one) => all + one, 0)).toBe(21_000);
    expect(Object.keys(streetCounts)).toHaveLength(27);
    const likeAll = Object.keys(streetCounts).map((id): AnyScenario => {
      const indoors = ["electrical-fire", "elder-home-activity", "ebike-safety", "elevator-safety"];
      indoors.push("elder-vital-signs", "water-supply-quality", "smoke-alarm", "combustible-gas");
      return { ...crowds, id, siteKind: indoors.includes(id) ? "switchboard" : "lamp-post" };
    });
    const { changes } = syntheticStreet(1, { scenarios: likeAll, sensors: 21_000 });
    const sensors = valuesOf(changes, "sensor");
    for (const [id, count] of Object.entries(streetCounts))
      expect([id, sensors.filter(({ scenario }) => scenario === id).length]).toEqual([id, count]);
    const own = sensors.filter(({ gatewayId }) => gatewayId === undefined).length;
    const lines = own + valuesOf(changes, "gateway").length;
    expect(lines).toBeGreaterThan(14_500);
    expect(lines).toBeLessThan(16_500);
  });

  test("a small fleet still has some of what is rare", () => {
    const { changes } = syntheticStreet(1, { scenarios: small, sensors: 130 });
    const counts = Map.groupBy(valuesOf(changes, "sensor"), ({ scenario }) => scenario);
    for (const { id } of small) expect([id, counts.get(id)?.length ?? 0]).not.toEqual([id, 0]);
    expect(counts.get("river-level")!.length).toBe(5);
  });

  test("most persons have consented, some never did, some withdrew, and a person is a pseudonym", () => {
    const { changes } = syntheticStreet(1, { scenarios: small, sensors: 4_000 });
    const register = registerOf(small, changes);
    const later = Date.UTC(2012, 0, 1);
    const elders = register.all("sensor").filter(({ scenario }) => scenario === "elder-sleep");
    const flats = elders.flatMap(({ siteId }) => register.site(siteId) ?? []);
    const share = (count: number) => count / flats.length;
    const consented = flats.filter(({ id }) => register.consented(id, "vital-signs", later));
    expect(share(consented.length)).toBeGreaterThan(0.85);
    expect(share(consented.length)).toBeLessThan(0.95);
    const consents = register.all("consent");
    expect(consents.some(({ withdrawnAt }) => withdrawnAt !== undefined)).toBe(true);
    expect(consents.some(({ givenBy }) => givenBy === "guardian")).toBe(true);
    expect(new Set(consents.map(({ siteId }) => siteId)).size).toBe(consents.length);
    for (const { subjectRef } of consents) expect(subjectRef).toMatch(/^p-[0-9a-f]{8}$/);
  });

  test("facts differ from site to site, keep their order and their kind, and fit", () => {
    const { changes } = syntheticStreet(1, { scenarios: small, sensors: 4_000 });
    const facts = valuesOf(changes, "site").flatMap(
      (site) =>
        (site.facts["river-level"] ?? []) as { alertM: number; dangerM: number; stages: number }[],
    );
    expect(new Set(facts.map(({ alertM }) => alertM)).size).toBeGreaterThan(facts.length / 2);
    for (const { alertM, dangerM, stages } of facts) {
      expect(alertM).toBeLessThan(dangerM);
      expect(stages).toBe(3);
    }
  });

  test("facts come from whoever knows better, with the site's own chance", () => {
    const asked = new Map<string, number>();
    const options = {
      scenarios: [small[0]!],
      sensors: 40,
      factsFor: (_: AnyScenario, siteId: string, rng: { next(): number }) => {
        asked.set(siteId, rng.next());
        return { ratedSpeed: 2.5 };
      },
    };
    const register = registerOf([small[0]!], syntheticStreet(1, options).changes);
    for (const [siteId] of asked)
      expect(register.facts("elevator-safety", siteId)).toEqual({ ratedSpeed: 2.5, floors: 6 });
    const before = new Map(asked);
    syntheticStreet(1, { ...options, sensors: 80 });
    for (const [siteId, chance] of before) expect(asked.get(siteId)).toBe(chance);
  });
});

describe("the whole", () => {
  test("same seed, same bytes; another seed, another street", () => {
    const text = (seed: number) =>
      JSON.stringify(syntheticStreet(seed, { scenarios: small, sensors: 2_000 }));
    expect(text(7)).toBe(text(7));
    expect(text(7)).not.toBe(text(8));
  });

  test("a number of sensors that is none is refused by name", () => {
    for (const sensors of [-1, 1.5, Number.NaN, 100_000])
      expect(() => syntheticStreet(1, { scenarios: small, sensors })).toThrow(/^sensors is /);
  });

  test("the map draws what the register holds: every id of it is there, and every ring is closed", () => {
    const { changes, map } = syntheticStreet(1, { scenarios: small, sensors: 100 });
    const register = registerOf(small, changes);
    const layers = [map.communities, map.cells, map.blocks, map.water, map.roads, map.buildings];
    for (const { features } of [map.boundary, ...layers]) {
      expect(features.length).toBeGreaterThan(0);
      for (const { properties, geometry } of features) {
        const { id } = properties;
        if (id !== undefined)
          expect([
            id,
            (["community", "cell", "site"] as const).some((kind) => register.get(kind, id)),
          ]).toEqual([id, true]);
        if (geometry.type === "Polygon")
          for (const ring of geometry.coordinates) expect(ring.at(-1)).toEqual(ring[0]);
      }
    }
    expect(map.cells.features).toHaveLength(register.all("cell").length);
  });

  test("houses stand apart from one another and from the river", () => {
    const { map } = syntheticStreet(11, { scenarios: [], sensors: 0 });
    const rings = (layer: { features: readonly { geometry: { coordinates: unknown } }[] }) =>
      layer.features.map(({ geometry }) =>
        (geometry.coordinates as [number, number][][])[0]!.map(([lon, lat]) => ({ lon, lat })),
      );
    const houses = rings(map.buildings);
    const [river] = rings(map.water);
    for (const house of houses)
      for (const corner of house) {
        expect(inRing(river!, corner)).toBe(false);
        expect(houses.filter((other) => other !== house && inRing(other, corner))).toEqual([]);
      }
  });
});

describe("with the real scenarios", () => {
  test("the register takes a street of any size, and every sensor's rules know its site", () => {
    for (const sensors of [50, 2_000, 21_000]) {
      const { changes } = syntheticStreet(42, { scenarios: realScenarios, sensors });
      const register = registerOf(realScenarios, changes);
      const all = register.all("sensor");
      expect(all).toHaveLength(sensors);
      expect(all.filter(({ scenario, siteId }) => !register.facts(scenario, siteId))).toEqual([]);
      expect(
        all.filter(
          ({ scenario, siteId }) =>
            register.site(siteId)?.kind !== register.scenario(scenario)?.siteKind,
        ),
      ).toEqual([]);
    }
  });

  test("every case that a rule may open finds a unit in every community", () => {
    const { changes } = syntheticStreet(42, { scenarios: realScenarios, sensors: 0 });
    const register = registerOf(realScenarios, changes);
    const roles = realScenarios.flatMap((scenario) =>
      Object.values(scenario.rules(Create(scenario.params)) as Rules).flatMap(
        ({ alert }) => alert.case?.unit ?? [],
      ),
    );
    expect(roles.length).toBeGreaterThan(0);
    const alone = [...new Set(roles)].filter((role) =>
      register.all("community").some(({ id }) => !register.unitFor(role, id)),
    );
    expect(alone).toEqual([]);
    const [first, second] = register.all("community");
    expect(register.unitFor("neighbourhood-care", first!.id)?.communityIds).toEqual([first!.id]);
    expect(register.unitFor("neighbourhood-care", second!.id)?.communityIds).toEqual([second!.id]);
  });
});
