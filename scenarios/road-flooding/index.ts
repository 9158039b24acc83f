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

/** Warns of water on roads, and has an underpass closed before anybody drives into it. */
export default defineScenario({
  id: "road-flooding",
  version: 1,
  name: { zh: "道路与下立交积水", en: "Road and underpass flooding" },
  story: {
    zh: "路面水尺上报积水深度：5 厘米通知养护，15 厘米报防汛，25 厘米封闭下立交；涨得快升一级，水泵不转也报警。",
    en: "A gauge tells the depth of water: maintainer at 5 cm, flood HQ at 15, closed at 25.",
  },
  every: minutes(1),
  silentAfter: minutes(15),
  siteKind: "underpass",
  reading,
  labels,
  site,
  sampleSite: { place: "underpass" as const },
  params,
  lifeSafety: ["close"],
  rules,
  incidents: {
    puddle: staged("water", "blue", 20, "雨水口堵塞，路面初现积水", "An inlet is blocked"),
    ponding: staged("water", "yellow", 40, "积水漫过路缘", "Water spreads over the road"),
    flood: staged("water", "orange", 40, "大雨积水，车辆涉水", "Cars wade through the water"),
    torrent: staged("water", "orange", 20, "暴雨积水急涨", "A cloudburst: the water rises fast"),
    submerged: staged("close", "red", 45, "下立交被淹", "The underpass is drowned"),
    pumpStopped: staged("pump", "orange", 30, "水泵跳闸", "The pump trips"),
    outage: staged("silent", "yellow", 25, "水位计失联", "The gauge goes quiet"),
  },
  simulate,
});
