import { defineScenario, hours, minutes } from "#scenario";
import { rules } from "./rules.ts";
import { labels, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

/** Has tanks pumped before they overflow, and keeps people out of those that would kill. */
export default defineScenario({
  id: "septic-tank",
  version: 1,
  name: { zh: "化粪池与液位监测", en: "Septic tanks" },
  story: {
    zh: "液位、余高、甲烷、硫化氢、氧气和盖板状态；将满即清掏，有毒有爆即禁入。",
    en: "Level, gases and cover: pump it in time, and keep out when the air in it kills.",
  },
  every: minutes(5),
  silentAfter: hours(3),
  siteKind: "septic-tank",
  reading,
  labels,
  site,
  sampleSite: { tankDepthM: 3, dailyReport: false },
  params,
  lifeSafety: ["methane", "toxic"],
  rules,
  incidents: {
    filling: {
      raises: "level",
      level: "yellow",
      within: hours(1),
      tells: { zh: "液位升高，将满", en: "The tank is filling up" },
    },
    overflowing: {
      raises: "level",
      level: "orange",
      within: hours(1),
      tells: { zh: "管道堵塞，粪水外溢", en: "The outlet is blocked and the tank overflows" },
    },
    methane: {
      raises: "methane",
      level: "orange",
      within: hours(1),
      tells: { zh: "甲烷积聚", en: "Methane gathers" },
    },
    explosive: {
      raises: "methane",
      level: "red",
      within: hours(1),
      tells: { zh: "甲烷接近爆炸浓度", en: "Methane nears what explodes" },
    },
    poison: {
      raises: "toxic",
      within: hours(1),
      tells: { zh: "硫化氢升高", en: "Hydrogen sulphide rises" },
    },
    thinAir: {
      raises: "toxic",
      within: hours(1),
      tells: { zh: "池内缺氧", en: "There is too little oxygen in the tank" },
    },
    open: {
      raises: "cover",
      within: minutes(10),
      tells: { zh: "盖板被打开", en: "Somebody opens the cover" },
    },
    outage: {
      raises: "silent",
      within: hours(4),
      tells: { zh: "监测终端失联", en: "The probe goes quiet" },
    },
  },
  simulate,
});
