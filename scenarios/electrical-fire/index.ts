import { defineScenario, type Grade, type Incident, minutes } from "#scenario";
import {
  aboveBox,
  arc,
  contactHot,
  leakage,
  leakageHigh,
  overload,
  rapidHeat,
  voltage,
} from "./rules.ts";
import { labels, type Params, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";
import { powerCut, quiet, supplyLost } from "./supply.ts";

const staged = (
  raises: string,
  level: Grade,
  within: number,
  zh: string,
  en: string,
): Incident => ({ raises, level, within: minutes(within), tells: { zh, en } });

/** Finds circuits that may start a fire, and buildings without power. */
export default defineScenario({
  id: "electrical-fire",
  version: 1,
  name: { zh: "电气火灾监测", en: "Electrical fire" },
  story: {
    zh: "配电箱监测漏电、接头温度、电弧、电压和负荷，在起火之前提示排查；整栋楼停电时只报一条。",
    en: "Watches circuits for what starts fires, and tells a building's power cut once.",
  },
  every: minutes(1),
  silentAfter: minutes(15),
  siteKind: "switchboard",
  reading,
  labels,
  site,
  sampleSite: { ratedA: 100, naturalMa: 40, feedsBuilding: true },
  params,
  rules: (p: Params) => ({
    leakage: leakage(p),
    leakageHigh: leakageHigh(p),
    contactHot: contactHot(p),
    aboveBox: aboveBox(p),
    rapidHeat: rapidHeat(p),
    arc: arc(p),
    voltage: voltage(p),
    overload: overload(p),
    supplyLost: supplyLost(p),
    powerCut: powerCut(),
    silent: quiet(),
  }),
  incidents: {
    dampWire: staged("leakage", "yellow", 4, "线路受潮漏电", "A damp wire leaks"),
    earthFault: staged("leakageHigh", "orange", 4, "绝缘破损接地", "Insulation fails to earth"),
    looseJoint: staged("contactHot", "red", 50, "接头松动发热", "A loose joint heats up"),
    warmJoint: staged("aboveBox", "yellow", 35, "接头明显热于箱体", "A joint outdoes its box"),
    flare: staged("rapidHeat", "orange", 7, "接头急剧升温", "A joint heats up within minutes"),
    arcing: staged("arc", "orange", 4, "插座打火", "A socket arcs"),
    lostNeutral: staged("voltage", "yellow", 8, "零线断开，三相失衡", "The neutral is lost"),
    overload: staged("overload", "yellow", 13, "多户同时开大功率电器", "Too many heavy loads"),
    trippedBoard: staged("supplyLost", "orange", 4, "总开关跳闸", "The main switch trips"),
    blackout: staged("powerCut", "orange", 4, "整栋楼停电", "The building loses its power"),
    outage: staged("silent", "yellow", 18, "监测终端失联", "The monitor goes quiet"),
  },
  simulate,
});
