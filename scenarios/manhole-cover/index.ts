import { defineScenario, hours, minutes } from "#scenario";
import { rules } from "./rules.ts";
import { labels, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

/** Finds open, loose and banging covers, and what comes up beneath them. */
export default defineScenario({
  id: "manhole-cover",
  version: 1,
  name: { zh: "井盖监测", en: "Manhole covers" },
  story: {
    zh: "井盖打开、松动、弹跳，井下冒溢和甲烷；有作业许可时只记录不打扰。",
    en: "Open, loose and bouncing covers, water and gas below; a permit mutes, never hides.",
  },
  every: minutes(1),
  silentAfter: hours(48),
  siteKind: "manhole",
  reading,
  labels,
  site,
  sampleSite: { onCarriageway: true, atSchool: false, owner: "排水" },
  params,
  lifeSafety: ["gas"],
  rules,
  incidents: {
    stolen: {
      raises: "opened",
      level: "red",
      within: minutes(5),
      tells: { zh: "井盖被盗", en: "A cover is stolen" },
    },
    shifted: {
      raises: "loose",
      within: minutes(15),
      tells: { zh: "井盖松动翘起", en: "A cover has come loose and tilts" },
    },
    banging: {
      raises: "bouncing",
      within: hours(5),
      tells: { zh: "井盖反复弹跳", en: "A cover bangs under every wheel" },
    },
    backingUp: {
      raises: "surcharge",
      level: "yellow",
      within: minutes(45),
      tells: { zh: "管道堵塞，水位上升", en: "The sewer is blocked and the water rises" },
    },
    overflowing: {
      raises: "surcharge",
      level: "orange",
      within: minutes(45),
      tells: { zh: "污水冒溢", en: "Sewage comes out of the manhole" },
    },
    methane: {
      raises: "gas",
      within: minutes(30),
      tells: { zh: "井内甲烷积聚", en: "Methane gathers in the manhole" },
    },
    outage: {
      raises: "silent",
      within: hours(49),
      tells: { zh: "井盖终端失联", en: "The cover's device goes quiet" },
    },
  },
  simulate,
});
