import { defineScenario, type Grade, hours, type Incident, minutes } from "#scenario";
import { co, coHigh, leak, leakHigh, quiet, valve, worn } from "./rules.ts";
import { labels, type Params, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

const staged = (
  raises: string,
  level: Grade,
  within: number,
  zh: string,
  en: string,
): Incident => ({ raises, level, within: minutes(within), tells: { zh, en } });

/** Notices gas and carbon monoxide in kitchens, and a valve that does not shut. */
export default defineScenario({
  id: "combustible-gas",
  version: 1,
  name: { zh: "燃气泄漏", en: "Gas leak" },
  story: {
    zh: "住宅和餐饮厨房的燃气、一氧化碳探测器，十分钟一报、报警即报：泄漏联动燃气公司和119，切断阀未关单独报。",
    en: "Gas and carbon monoxide in kitchens; a leak calls gas company and 119.",
  },
  every: minutes(10),
  silentAfter: hours(24),
  siteKind: "kitchen",
  reading,
  labels,
  site,
  sampleSite: { use: "restaurant" as const },
  params,
  lifeSafety: ["leak", "leakHigh", "co", "coHigh", "valve"],
  rules: (p: Params) => ({
    leak: leak(p),
    leakHigh: leakHigh(p),
    co: co(p),
    coHigh: coHigh(p),
    valve: valve(p),
    worn: worn(),
    silent: quiet(),
  }),
  incidents: {
    leak: staged("leak", "orange", 20, "接口漏气", "A joint leaks"),
    burst: staged("leakHigh", "red", 35, "软管脱落，大量漏气", "The hose comes off"),
    stuckValve: staged("valve", "red", 20, "泄漏时切断阀卡住", "The valve sticks on a leak"),
    blockedFlue: staged("co", "orange", 75, "烟道堵塞", "The flue is blocked"),
    charcoal: staged("coHigh", "orange", 30, "室内烧炭", "Charcoal burns indoors"),
    waterHeater: staged("coHigh", "red", 20, "热水器直排室内", "A heater vents into the room"),
    expired: staged("worn", "yellow", 12, "探测器到期", "The detector is past its life"),
    outage: staged("silent", "orange", 30, "探测器失联", "The detector goes quiet"),
  },
  simulate,
});
