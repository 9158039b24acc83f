import { defineScenario, hours, minutes } from "#scenario";
import { rules } from "./rules.ts";
import { labels, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

/** Warns riverside blocks before the wall is overtopped, and sooner when the water rises fast. */
export default defineScenario({
  id: "river-level",
  version: 1,
  name: { zh: "河道监控", en: "River level and water" },
  story: {
    zh: "桥下水位计上报水位与水质；达到本站警戒水位即立案，涨势过快、水体黑臭、断数也会提醒。",
    en: "A gauge tells level and quality; the station's own stages open a case.",
  },
  every: minutes(5),
  siteKind: "station",
  reading,
  labels,
  site,
  sampleSite: {
    alertM: 3.7,
    dangerM: 4.4,
    crestM: 5.2,
    recordM: 4.95,
    datum: "吴淞高程",
    periodMin: 5,
  },
  params,
  lifeSafety: ["high"],
  rules,
  incidents: {
    creep: {
      raises: "near",
      within: hours(10),
      tells: { zh: "缓慢涨至警戒以下", en: "The water creeps up to just below its alert stage" },
    },
    flood: {
      raises: "high",
      level: "yellow",
      within: hours(7),
      tells: { zh: "水位缓慢涨过警戒", en: "The water climbs slowly past its alert stage" },
    },
    danger: {
      raises: "high",
      level: "orange",
      within: hours(5),
      tells: { zh: "水位涨过保证水位", en: "The water climbs past its danger stage" },
    },
    overtopping: {
      raises: "high",
      level: "red",
      within: hours(4),
      tells: { zh: "水位逼近防汛墙顶", en: "The water nears the crest of the wall" },
    },
    surge: {
      raises: "rising",
      within: hours(1),
      tells: {
        zh: "半小时内急涨四十多厘米",
        en: "The water jumps some forty centimetres in half an hour",
      },
    },
    discharge: {
      raises: "foul",
      within: hours(3),
      tells: { zh: "污水直排，水体黑臭", en: "Sewage is let in and the water turns black" },
    },
    outage: {
      raises: "silent",
      within: minutes(25),
      tells: { zh: "水位计失联", en: "The gauge goes quiet" },
    },
  },
  simulate,
});
