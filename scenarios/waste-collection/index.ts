import { defineScenario, hours, minutes, silent } from "#scenario";
import { nearlyFull, notEmptied, overflow, tipped } from "./bins.ts";
import { fire } from "./fire.ts";
import { labels, type Params, params, type Reading, reading, type Site, site } from "./schema.ts";
import { simulate } from "./simulate.ts";
import { stationOdour, stationQueue } from "./station.ts";

/** Has bins emptied before they overflow, finds those that burn, and keeps a station bearable. */
export default defineScenario({
  id: "waste-collection",
  version: 1,
  name: { zh: "垃圾箱桶与转运站", en: "Waste bins and transfer stations" },
  story: {
    zh: "满溢度、清运、起火、倾倒，以及转运站厂界异味和排队。",
    en: "Fill, rounds, fire and tilt of bins; smell and queues of a transfer station.",
  },
  every: minutes(5),
  silentAfter: hours(3),
  siteKind: "bin-point",
  reading,
  labels,
  site,
  sampleSite: { foodWaste: true, transferStation: true },
  params,
  lifeSafety: ["fire"],
  rules: (p: Params) => ({
    nearlyFull: nearlyFull(p),
    overflow: overflow(p),
    notEmptied: notEmptied(p),
    fire: fire(p),
    tipped: tipped(p),
    stationOdour: stationOdour(p),
    stationQueue: stationQueue(p),
    silent: silent<Reading, Site>({ after: hours(3), level: "yellow" }),
  }),
  incidents: {
    filling: {
      raises: "nearlyFull",
      within: minutes(40),
      tells: { zh: "垃圾桶将满", en: "The bin is filling up" },
    },
    overflowing: {
      raises: "overflow",
      within: minutes(40),
      tells: { zh: "垃圾满溢", en: "The bin overflows" },
    },
    missedRounds: {
      raises: "notEmptied",
      within: hours(26),
      tells: { zh: "清运车一整天没来", en: "The lorry has not come for a day" },
    },
    burning: {
      raises: "fire",
      within: minutes(25),
      tells: { zh: "烟头引燃垃圾", en: "A cigarette end sets the waste on fire" },
    },
    tippedOver: {
      raises: "tipped",
      within: minutes(15),
      tells: { zh: "垃圾桶被撞倒", en: "The bin is knocked over" },
    },
    stench: {
      raises: "stationOdour",
      within: minutes(100),
      tells: { zh: "转运站除臭失效", en: "The station's deodoriser fails" },
    },
    jam: {
      raises: "stationQueue",
      within: minutes(35),
      tells: { zh: "压缩机故障，车辆排队", en: "The compressor fails and lorries queue" },
    },
    outage: {
      raises: "silent",
      within: hours(4),
      tells: { zh: "监测终端失联", en: "The bin's device goes quiet" },
    },
  },
  simulate,
});
