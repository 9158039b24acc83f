import { days, defineScenario, type Grade, hours, type Incident } from "#scenario";
import { rules } from "./rules.ts";
import { labels, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

const staged = (
  raises: string,
  level: Grade,
  within: number,
  zh: string,
  en: string,
): Incident => ({ raises, level, within, tells: { zh, en } });

/** Believes a broken road when two passes saw it, a cave-in at once, and has either mended. */
export default defineScenario({
  id: "road-damage",
  version: 1,
  name: { zh: "道路破损", en: "Road damage" },
  story: {
    zh: "巡查车逐车次上报路面病害：同一处两次看到才立案，坑槽有照片即立，塌陷立即围护。",
    en: "Vans report defects by pass: two passes file one, a cave-in is fenced at once.",
  },
  every: hours(8),
  silentAfter: days(7),
  siteKind: "street-section",
  reading,
  labels,
  site,
  sampleSite: { mainRoad: false, lengthM: 120 },
  params,
  lifeSafety: ["collapse"],
  rules,
  incidents: {
    broken: staged("damage", "yellow", hours(20), "路面板块缺失", "A slab of the road is missing"),
    cracked: staged("crack", "yellow", hours(20), "路面开裂", "The road cracks"),
    hole: staged("pothole", "yellow", hours(9), "出现坑槽", "A pothole opens"),
    deepHole: staged("pothole", "orange", hours(9), "出现深坑", "A deep pothole opens"),
    caveIn: staged("collapse", "red", hours(9), "路面塌陷", "The road caves in"),
    outage: staged("silent", "blue", days(8), "路段一周无人巡查", "No van passes for a week"),
  },
  simulate,
});
