import { defineScenario, type Grade, type Incident, minutes, seconds } from "#scenario";
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

/** Notices a crowd that grows too dense while there is still time to thin it out. */
export default defineScenario({
  id: "crowd-density",
  version: 1,
  name: { zh: "人员高密度预警", en: "Crowd density" },
  story: {
    zh: "客流摄像机数人、量密度和步速：按站立区、通道、楼梯分级预警，走走停停升一级，并提前十分钟预测。",
    en: "A camera counts people: graded by kind of area, worse when they stop.",
  },
  every: seconds(30),
  silentAfter: minutes(3),
  siteKind: "square",
  reading,
  labels,
  site,
  sampleSite: { areaM2: 400, areaType: "standing" as const },
  params,
  lifeSafety: ["density"],
  rules,
  incidents: {
    gathering: staged(
      "density",
      "yellow",
      9,
      "人群聚集，较为密集",
      "A crowd gathers and grows dense",
    ),
    packed: staged("density", "orange", 8, "人群高度密集", "The crowd is packed"),
    crush: staged("density", "red", 8, "达到踩踏风险密度", "The crowd reaches crush density"),
    standstill: staged(
      "density",
      "orange",
      9,
      "密集人群走走停停",
      "A dense crowd moves in stops and starts",
    ),
    inrush: staged(
      "forecast",
      "orange",
      5,
      "短时间大量人员涌入",
      "People stream in faster than they leave",
    ),
    outage: staged("silent", "yellow", 6, "摄像机失联", "The camera goes quiet"),
  },
  simulate,
});
