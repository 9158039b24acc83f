import { defineScenario, type Grade, type Incident, minutes } from "#scenario";
import { rules } from "./rules.ts";
import { labels, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

const staged = (
  raises: string,
  level: Grade,
  within: number,
  zh: string,
  en: string,
): Incident => ({ raises, level, within: minutes(within), tells: { zh, en } });

/** Tells polluted air by the index of the hour, and a building site's dust by the quarter. */
export default defineScenario({
  id: "air-dust",
  version: 1,
  name: { zh: "空气质量与扬尘", en: "Air quality and dust" },
  story: {
    zh: "按 HJ 633-2026 计算小时空气质量指数；按上海工地扬尘标准数每日超限次数；PM10 远高于全区则查找附近污染源。",
    en: "The hourly index of HJ 633-2026, the daily count of a site's dust, and sources nearby.",
  },
  every: minutes(1),
  silentAfter: minutes(15),
  siteKind: "air-station",
  reading,
  labels,
  site,
  sampleSite: { sensorKind: "reference" as const, periodMin: 1 },
  params,
  rules,
  incidents: {
    haze: staged("aqi", "blue", 270, "霾，轻度污染", "Haze: the air is lightly polluted"),
    sandstorm: staged("aqi", "red", 270, "沙尘过境，严重污染", "A dust storm passes over"),
    uncovered: staged("siteDust", "yellow", 240, "裸土未覆盖，扬尘反复", "Bare soil blows all day"),
    demolition: staged("heavyDust", "orange", 60, "拆除作业无喷淋", "Demolition without spraying"),
    sweeping: staged("localJump", "yellow", 80, "附近干扫道路起尘", "A road nearby is swept dry"),
    outage: staged("silent", "yellow", 25, "监测站失联", "The station goes quiet"),
  },
  simulate,
});
