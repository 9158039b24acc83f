import { defineScenario, hours, minutes } from "#scenario";
import { rules } from "./rules.ts";
import { labels, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

/** Keeps a public toilet clean and open, and finds whoever is taken ill in it. */
export default defineScenario({
  id: "public-toilet",
  version: 1,
  name: { zh: "公厕管理", en: "Public toilets" },
  story: {
    zh: "异味、久占、求助、漏水、缺纸、未开放，各有提醒；不记录任何人的身份。",
    en: "Smell, long stays, calls for help, leaks, paper and doors; nobody is identified.",
  },
  every: minutes(1),
  siteKind: "toilet",
  reading,
  labels,
  site,
  sampleSite: { opensAtHour: 6, closesAtHour: 22 },
  params,
  lifeSafety: ["sos", "inStall"],
  rules,
  incidents: {
    smell: {
      raises: "odour",
      level: "yellow",
      within: minutes(25),
      tells: { zh: "异味渐重", en: "It begins to smell" },
    },
    stench: {
      raises: "odour",
      level: "orange",
      within: minutes(25),
      tells: { zh: "下水堵塞，恶臭", en: "A drain is blocked and it stinks" },
    },
    collapsed: {
      raises: "inStall",
      level: "orange",
      within: minutes(62),
      tells: { zh: "有人在厕位内昏倒", en: "Somebody has collapsed in a stall" },
    },
    callForHelp: {
      raises: "sos",
      within: minutes(2),
      tells: { zh: "有人按下求助按钮", en: "Somebody presses the button for help" },
    },
    runningCistern: {
      raises: "leak",
      within: hours(18),
      tells: { zh: "水箱一直漏水", en: "A cistern runs on, noticed when nobody is inside" },
    },
    noPaper: {
      raises: "supplies",
      within: minutes(10),
      tells: { zh: "厕纸将用完", en: "The paper runs out" },
    },
    shut: {
      raises: "notOpened",
      within: hours(19),
      tells: { zh: "保洁员未到岗开门", en: "The attendant does not come to open" },
    },
    outage: {
      raises: "silent",
      within: minutes(18),
      tells: { zh: "公厕终端失联", en: "The toilet's device goes quiet" },
    },
  },
  simulate,
});
