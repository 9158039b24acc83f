// A very small street for tests of the front: gauges, and a person's wristband with consent.

import type { Text } from "../core/text.ts";
import type { RegisterChange } from "../register/entities.ts";

const name = (zh: string, en: string): Text => ({ zh, en });
const corner = { lon: 121.46, lat: 31.29 };
const ring = [corner, { ...corner, lon: 121.47 }, { lon: 121.47, lat: 31.3 }];

/** Sensor WL-1 and its like at station ST-1 and so on; EV-1 in flat F-1; units U-1 and U-2. */
export const frontStreet = (gauges = 1): readonly RegisterChange[] => [
  {
    put: "street",
    value: {
      id: "S",
      code: "990106001",
      name: name("合成街道", "Synthetic Street"),
      synthetic: true,
    },
  },
  {
    put: "community",
    value: { id: "C", code: "990106001001", name: name("一居", "First"), streetId: "S" },
  },
  { put: "cell", value: { id: "G", code: "990106001001001", communityId: "C", ring } },
  ...Array.from({ length: gauges }, (_, i): RegisterChange[] => [
    {
      put: "site",
      value: {
        id: `ST-${i + 1}`,
        kind: "station",
        name: name(`${i + 1}号水位站`, `Station ${i + 1}`),
        cellId: "G",
        at: corner,
        facts: { gauge: { alertM: 3.5 } },
      },
    },
    { put: "sensor", value: { id: `WL-${i + 1}`, siteId: `ST-${i + 1}`, scenario: "gauge" } },
  ]).flat(),
  {
    put: "site",
    value: { id: "H", kind: "building", name: name("三号楼", "House 3"), cellId: "G", facts: {} },
  },
  {
    put: "site",
    value: {
      id: "F-1",
      kind: "flat",
      name: name("三号楼 402", "House 3, 402"),
      parentId: "H",
      cellId: "G",
      facts: { pulse: { restingRate: 63 } },
    },
  },
  { put: "sensor", value: { id: "EV-1", siteId: "F-1", scenario: "pulse", secretHash: "kept" } },
  {
    put: "consent",
    value: {
      id: "K",
      subjectRef: "p-1",
      siteId: "F-1",
      purpose: "vital-signs",
      textVersion: "1",
      givenBy: "self",
      channel: "paper",
      givenAt: 0,
    },
  },
  {
    put: "unit",
    value: {
      id: "U-1",
      name: name("水务所", "Water office"),
      roles: ["water-authority"],
      communityIds: [],
    },
  },
  {
    put: "unit",
    value: { id: "U-2", name: name("城管中队", "Patrol"), roles: ["patrol"], communityIds: ["C"] },
  },
];
