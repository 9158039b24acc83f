// What a docking station, a counter of dockless bikes or the public tells of a zone (fields after
// GBFS), what the register says of it, and the operator's numbers.

import { type Static, Type } from "#scenario";

const count = (maximum = 5_000) =>
  Type.Optional(Type.Integer({ unit: "{vehicle}", minimum: 0, maximum }));
const degrees = (limit: number) =>
  Type.Optional(Type.Number({ unit: "deg", minimum: -limit, maximum: limit }));

export const reading = Type.Object({
  bikesAvailable: count(),
  docksAvailable: count(),
  bikesDisabled: count(),
  /** Dockless: all bikes that stand in the zone. */
  vehicleCount: count(),
  capacity: count(),
  isReturning: Type.Optional(Type.Boolean()),
  /** Seconds since the Unix epoch, as GBFS 2 gives `last_reported`. */
  lastReportedS: Type.Optional(Type.Integer({ unit: "s", minimum: 0, maximum: 9_999_999_999 })),
  /** Bikes that came in within the last five minutes. */
  inflow: count(),
  clearWidthM: Type.Optional(Type.Number({ unit: "m", minimum: 0, maximum: 50 })),
  operator: Type.Optional(Type.String({ maxLength: 40 })),
  /** A pseudonym of whoever reported the zone; such a reading is a report, and counts nothing. */
  reporter: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  lon: degrees(180),
  lat: degrees(90),
});

export const labels = {
  bikesAvailable: { zh: "可借车辆", en: "Bikes to rent" },
  docksAvailable: { zh: "空闲桩位", en: "Free docks" },
  bikesDisabled: { zh: "故障车辆", en: "Bikes out of order" },
  vehicleCount: { zh: "停放车辆总数", en: "Bikes in the zone" },
  capacity: { zh: "容量", en: "Capacity" },
  isReturning: { zh: "可还车", en: "Takes returns" },
  lastReportedS: { zh: "站点最近上报时刻", en: "When the station last reported" },
  inflow: { zh: "五分钟流入", en: "Arrivals in five minutes" },
  clearWidthM: { zh: "可通行宽度", en: "Clear width" },
  operator: { zh: "运营企业", en: "Operator" },
  reporter: { zh: "上报人代号", en: "Reporter's pseudonym" },
  lon: { zh: "经度", en: "Longitude" },
  lat: { zh: "纬度", en: "Latitude" },
};

export const site = Type.Object({
  capacity: Type.Optional(
    Type.Integer({
      unit: "{vehicle}",
      minimum: 1,
      maximum: 5_000,
      label: { zh: "允许停放数", en: "Bikes allowed" },
    }),
  ),
  operator: Type.Optional(
    Type.String({ maxLength: 40, label: { zh: "责任企业", en: "Responsible company" } }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  fullPct: number(100, 1_000, "%", "停满：占用率", "Full: occupancy"),
  fullClearPct: number(80, 1_000, "%", "停满解除：占用率低于", "Full clears: occupancy below"),
  burstPct: number(150, 1_000, "%", "爆仓：占用率", "Burst: occupancy"),
  burstClearPct: number(100, 1_000, "%", "爆仓解除：占用率低于", "Burst clears: occupancy below"),
  narrowM: number(1.5, 10, "m", "爆仓：宽度小于", "Burst: width below"),
  inflow: number(15, 1_000, "{vehicle}", "激增：五分钟流入", "Surge: arrivals in five minutes"),
  inflowClear: number(8, 1_000, "{vehicle}", "激增解除：低于", "Surge clears: below"),
  reporters: number(2, 20, "1", "群众上报：不同上报人数", "Reported: by so many people"),
  reportsM: number(50, 1_000, "m", "群众上报：相距", "Reported: no further apart than"),
  empty: number(1, 100, "{vehicle}", "无车：少于", "Empty: fewer than"),
  emptyClear: number(3, 100, "{vehicle}", "无车解除", "Empty clears at"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
