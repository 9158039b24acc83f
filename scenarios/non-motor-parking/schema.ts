// What a camera or counter reads of a parking zone, what the register says of it, and the
// operator's numbers.

import { type Static, Type } from "#scenario";

const count = () => Type.Integer({ unit: "{vehicle}", minimum: 0, maximum: 5_000 });

export const reading = Type.Object({
  parkedCount: count(),
  outsideBayCount: Type.Optional(count()),
  /** The ground on which the vehicles outside the bays stand; `bay`: just beside their bays. */
  zoneType: Type.Optional(Type.Enum(["bay", "noParking", "blindPath", "entrance"])),
  occupancyPct: Type.Optional(Type.Number({ unit: "%", minimum: 0, maximum: 1_000 })),
  clearWidthM: Type.Optional(Type.Number({ unit: "m", minimum: 0, maximum: 50 })),
  blindPathBlocked: Type.Optional(Type.Boolean()),
  confidence: Type.Optional(Type.Number({ unit: "1", minimum: 0, maximum: 1 })),
  imageRef: Type.Optional(Type.String({ maxLength: 200 })),
});

export const labels = {
  parkedCount: { zh: "停放数量", en: "Vehicles parked" },
  outsideBayCount: { zh: "越位停放数量", en: "Vehicles outside the bays" },
  zoneType: { zh: "越位车辆所在区域", en: "Where those outside the bays stand" },
  occupancyPct: { zh: "占用率", en: "Occupancy" },
  clearWidthM: { zh: "可通行宽度", en: "Clear width" },
  blindPathBlocked: { zh: "盲道被占", en: "Blind path blocked" },
  confidence: { zh: "识别置信度", en: "Confidence" },
  imageRef: { zh: "图像引用", en: "Image reference" },
};

export const site = Type.Object({
  capacity: Type.Optional(
    Type.Integer({
      unit: "{vehicle}",
      minimum: 1,
      maximum: 5_000,
      label: { zh: "泊位数", en: "Bays" },
    }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  outside: number(1, 1_000, "{vehicle}", "违停：越位数量", "Forbidden: vehicles outside"),
  outsideMany: number(5, 1_000, "{vehicle}", "大量违停：越位数量", "Forbidden, many: vehicles"),
  outsideFew: number(
    2,
    1_000,
    "{vehicle}",
    "大量违停解除：不多于",
    "Forbidden, many clears: at most",
  ),
  confidence: number(0.6, 1, "1", "最低置信度", "Least confidence"),
  narrowM: number(1.5, 10, "m", "堵塞：宽度小于", "Blocked: width below"),
  wideM: number(1.8, 10, "m", "堵塞解除：宽度", "Blocked clears: width"),
  fullPct: number(100, 500, "%", "停满：占用率", "Overflow: occupancy"),
  freePct: number(90, 500, "%", "停满解除：占用率低于", "Overflow clears: occupancy below"),
  overflow: number(5, 1_000, "{vehicle}", "停满：越位数量", "Overflow: vehicles outside"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
