import { defineScenario, type Grade, hours, type Incident, minutes } from "#scenario";
import { quiet, sos, waterOn } from "./direct.ts";
import { doorStill, lifeless, longBathroom, lowWater, noMotion } from "./rules.ts";
import { labels, type Params, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

const staged = (
  raises: string,
  level: Grade,
  within: number,
  zh: string,
  en: string,
): Incident => ({ raises, level, within, tells: { zh, en } });

/**
 * Notices a home without life by water, door, movement and power, and weighs it with the bed
 * sensor. Only with consent on record.
 */
export default defineScenario({
  id: "elder-home-activity",
  version: 1,
  name: { zh: "独居老人居家安全", en: "Elder living alone, home activity" },
  story: {
    zh: "水表、门磁、红外和用电看出家中有无活动，不用摄像头；与床垫体征相互印证。须本人或监护人同意。",
    en: "Water, door, movement and power, no camera; weighed with the bed. By consent.",
  },
  every: minutes(10),
  silentAfter: hours(12),
  siteKind: "flat",
  reading,
  labels,
  site,
  sampleSite: { bedMat: false },
  params,
  consent: { purpose: "elder-home-activity" },
  lifeSafety: ["sos", "lifeless"],
  rules: (p: Params) => ({
    sos: sos(),
    lifeless: lifeless(p),
    noMotion: noMotion(p),
    lowWater: lowWater(p),
    doorStill: doorStill(p),
    longBathroom: longBathroom(p),
    waterOn: waterOn(p),
    silent: quiet(),
  }),
  incidents: {
    callsForHelp: staged("sos", "red", minutes(12), "老人按下呼救", "The elder calls for help"),
    noLife: staged("lifeless", "red", hours(16), "老人在家昏倒", "The elder collapses at home"),
    fallen: staged("noMotion", "orange", hours(13), "老人跌倒", "The elder has fallen"),
    stroke: staged("noMotion", "red", hours(25), "老人倒地一整天", "The elder lies for a day"),
    dry: staged("lowWater", "yellow", hours(16), "半天没有用水", "No water for half a day"),
    withdrawn: staged("doorStill", "yellow", hours(25), "一天不出门", "Not out for a day"),
    shutIn: staged("doorStill", "orange", hours(49), "两天不出门", "Not out for two days"),
    bathroomFall: staged(
      "longBathroom",
      "orange",
      minutes(85),
      "在卫生间跌倒",
      "A fall in the bathroom",
    ),
    tapOpen: staged("waterOn", "yellow", hours(4), "水龙头未关", "A tap is left open"),
    outage: staged("silent", "orange", hours(12.5), "家庭网关失联", "The hub goes quiet"),
  },
  simulate,
});
