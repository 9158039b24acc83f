import { defineScenario, minutes } from "#scenario";
import { rules } from "./rules.ts";
import { labels, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

/** Sees what falls from a facade, and from which band of windows; never who threw it. */
export default defineScenario({
  id: "falling-objects",
  version: 1,
  name: { zh: "高空抛物", en: "Objects thrown from height" },
  story: {
    zh: "仰拍摄像机记录坠物轨迹，窗户全部遮蔽；5 分钟内人工复核，同一位置屡次抛物移交派出所。",
    en: "A camera tracks what falls, windows masked; a person reviews it in five minutes.",
  },
  every: minutes(1),
  silentAfter: minutes(10),
  siteKind: "building",
  reading,
  labels,
  site,
  sampleSite: { floors: 18 },
  params,
  lifeSafety: ["injury"],
  rules,
  incidents: {
    litter: {
      raises: "thrown",
      level: "yellow",
      within: minutes(5),
      tells: { zh: "有人向窗外扔纸", en: "Somebody throws paper from a window" },
    },
    bottle: {
      raises: "thrown",
      level: "orange",
      within: minutes(5),
      tells: { zh: "有人从高层扔下酒瓶", en: "Somebody throws a bottle from high up" },
    },
    habit: {
      raises: "repeated",
      within: minutes(10),
      tells: { zh: "同一位置多次抛物属实", en: "Throws from one band are confirmed, three times" },
    },
    injured: {
      raises: "injury",
      within: minutes(3),
      tells: { zh: "12345 转报有人被砸伤", en: "The hotline tells that somebody was hit" },
    },
    outage: {
      raises: "silent",
      within: minutes(13),
      tells: { zh: "摄像机离线", en: "The camera goes quiet" },
    },
  },
  simulate,
});
