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

/** Hears when it is louder than the zone allows, and who makes works or peaks at night. */
export default defineScenario({
  id: "noise",
  version: 1,
  name: { zh: "噪声监测", en: "Noise" },
  story: {
    zh: "按功能区昼夜限值判断小时等效声级，严重超标、夜间突发和夜间施工另行报警；雨雪大风时数据无效。",
    en: "The hour's level against the zone's limits by day and night; peaks and works at night.",
  },
  every: minutes(1),
  silentAfter: minutes(10),
  siteKind: "noise-station",
  reading,
  labels,
  site,
  sampleSite: { zoneClass: "2" as const },
  params,
  rules,
  incidents: {
    music: staged("exceed", "yellow", 150, "店铺音响外放", "A shop plays music into the street"),
    party: staged("strong", "orange", 60, "广场舞音响开到最大", "A loud party in the square"),
    slams: staged(
      "nightPeak",
      "yellow",
      720,
      "夜间装卸，反复撞击",
      "Loading at night: slam on slam",
    ),
    nightWorks: staged(
      "nightWorks",
      "orange",
      720,
      "工地夜间施工",
      "A site works through the night",
    ),
    outage: staged("silent", "yellow", 15, "噪声监测站失联", "The station goes quiet"),
  },
  simulate,
});
