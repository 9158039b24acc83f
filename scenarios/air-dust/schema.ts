// What an air or dust station reads, what the register says of it, and the operator's numbers.

import { type Static, Type } from "#scenario";

const mass = () => Type.Optional(Type.Number({ unit: "ug/m3", minimum: 0, maximum: 20_000 }));

/** A station tells what it measures; a dust station may know particles alone. */
export const reading = Type.Object({
  pm25UgPerM3: mass(),
  pm10UgPerM3: mass(),
  no2UgPerM3: mass(),
  so2UgPerM3: mass(),
  o3UgPerM3: mass(),
  coMgPerM3: Type.Optional(Type.Number({ unit: "mg/m3", minimum: 0, maximum: 500 })),
  tspMgPerM3: Type.Optional(Type.Number({ unit: "mg/m3", minimum: 0, maximum: 100 })),
  /** The district's own mean, put beside the station's reading by its gateway. */
  districtPm10UgPerM3: mass(),
  temperatureCel: Type.Optional(Type.Number({ unit: "Cel", minimum: -40, maximum: 60 })),
  relativeHumidityPct: Type.Optional(Type.Number({ unit: "%", minimum: 0, maximum: 100 })),
  windSpeedMPerS: Type.Optional(Type.Number({ unit: "m/s", minimum: 0, maximum: 80 })),
});

export const labels = {
  pm25UgPerM3: { zh: "细颗粒物 PM2.5", en: "PM2.5" },
  pm10UgPerM3: { zh: "可吸入颗粒物 PM10", en: "PM10" },
  no2UgPerM3: { zh: "二氧化氮", en: "Nitrogen dioxide" },
  so2UgPerM3: { zh: "二氧化硫", en: "Sulphur dioxide" },
  o3UgPerM3: { zh: "臭氧", en: "Ozone" },
  coMgPerM3: { zh: "一氧化碳", en: "Carbon monoxide" },
  tspMgPerM3: { zh: "总悬浮颗粒物（扬尘）", en: "Total suspended particles (dust)" },
  districtPm10UgPerM3: { zh: "区域 PM10 均值", en: "PM10, mean of the district" },
  temperatureCel: { zh: "气温", en: "Air temperature" },
  relativeHumidityPct: { zh: "相对湿度", en: "Relative humidity" },
  windSpeedMPerS: { zh: "风速", en: "Wind speed" },
};

export const site = Type.Object({
  sensorKind: Type.Enum(["reference", "low-cost"], {
    label: { zh: "仪器类型（标准法、传感器法）", en: "Instrument (reference, low-cost)" },
  }),
  periodMin: Type.Optional(
    Type.Number({
      unit: "min",
      exclusiveMinimum: 0,
      maximum: 60,
      label: { zh: "上报周期", en: "Reporting period" },
    }),
  ),
});

const number = (value: number, maximum: number, unit: string, zh: string, en: string) =>
  Type.Number({ default: value, minimum: 0, maximum, unit, label: { zh, en } });

export const params = Type.Object({
  edition: Type.Enum(["2026", "2012"], {
    default: "2026",
    label: { zh: "HJ 633 版本", en: "Edition of HJ 633" },
  }),
  aqiBlue: number(100, 500, "1", "蓝色：AQI 高于", "Blue: AQI above"),
  aqiYellow: number(150, 500, "1", "黄色：AQI 高于", "Yellow: AQI above"),
  aqiOrange: number(200, 500, "1", "橙色：AQI 高于", "Orange: AQI above"),
  aqiRed: number(300, 500, "1", "红色：AQI 高于", "Red: AQI above"),
  aqiMargin: number(10, 100, "1", "AQI 解除余量", "AQI clears so far below"),
  dustMgPerM3: number(1, 20, "mg/m3", "扬尘：15 分钟均值高于", "Dust: 15-min mean above"),
  dustClearMgPerM3: number(0.8, 20, "mg/m3", "扬尘解除：不高于", "Dust clears at or below"),
  dustTimes: number(7, 96, "1", "扬尘超标：一日内第几次", "Dust exceeds: the n-th in a day"),
  heavyMgPerM3: number(2, 20, "mg/m3", "重扬尘：15 分钟均值高于", "Heavy dust: 15-min mean above"),
  heavyClearMgPerM3: number(1, 20, "mg/m3", "重扬尘解除：不高于", "Heavy dust clears at or below"),
  heavyTimes: number(2, 96, "1", "重扬尘超标：一日内第几次", "Heavy dust exceeds: n-th in a day"),
  jumpRatio: number(2, 20, "1", "局地突升：区域均值倍数", "Local jump: times the district mean"),
  jumpClearRatio: number(1.3, 20, "1", "局地突升解除：倍数低于", "Local jump clears below times"),
  jumpUgPerM3: number(150, 5_000, "ug/m3", "局地突升：PM10 高于", "Local jump: PM10 above"),
  kappa: number(0.4, 2, "1", "颗粒物吸湿系数", "Particles' uptake of water (kappa)"),
});

export type Reading = Static<typeof reading>;
export type Site = Static<typeof site>;
export type Params = Static<typeof params>;
