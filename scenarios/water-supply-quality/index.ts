import { defineScenario, type Grade, type Incident, minutes, type Rule, silent } from "#scenario";
import { cleaning, hatch, pressure } from "./plant.ts";
import {
  acidity,
  chlorineHigh,
  chlorineLow,
  contamination,
  turbidity,
  turbidityWatch,
} from "./quality.ts";
import { labels, type Params, params, type Reading, reading, type Site, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

const SILENT_AFTER = minutes(30);

const rules = (p: Params): Record<string, Rule<Reading, Site, null>> => ({
  turbidity: turbidity(p),
  turbidityWatch: turbidityWatch(p),
  chlorineLow: chlorineLow(p),
  chlorineHigh: chlorineHigh(p),
  acidity: acidity(p),
  hatch: hatch(),
  contamination: contamination(p),
  pressure: pressure(p),
  cleaning: cleaning(p),
  silent: silent<Reading, Site>({ after: SILENT_AFTER, level: "yellow" }),
});

const staged = (
  raises: string,
  level: Grade,
  within: number,
  zh: string,
  en: string,
): Incident => ({ raises, level, within: minutes(within), tells: { zh, en } });

/** Watches the water between the main and the tap, where roof tanks and pumps can spoil it. */
export default defineScenario({
  id: "water-supply-quality",
  version: 1,
  name: { zh: "二次供水水质", en: "Secondary water supply" },
  story: {
    zh: "泵房出口在线监测浑浊度、余氯、pH、压力和人孔盖；两项同时超标即停水，人孔盖打开按投毒风险处置。",
    en: "A monitor at the tank's outlet: turbidity, chlorine, pH, pressure, hatch.",
  },
  every: minutes(5),
  silentAfter: SILENT_AFTER,
  siteKind: "pump-room",
  reading,
  labels,
  site,
  sampleSite: { disinfectant: "chloramine" as const, setPressureMpa: 0.35 },
  params,
  lifeSafety: ["contamination"],
  rules,
  incidents: {
    murky: staged(
      "turbidity",
      "orange",
      30,
      "水箱泛泥，水质浑浊",
      "Sludge is stirred up in the tank",
    ),
    cloudy: staged("turbidityWatch", "blue", 30, "滤网渐堵，浑浊度偏高", "The strainer clogs"),
    stale: staged("chlorineLow", "orange", 45, "水龄过长，余氯耗尽", "The water stands too long"),
    overdosed: staged("chlorineHigh", "orange", 25, "加药泵失控", "The dosing pump runs away"),
    acid: staged("acidity", "orange", 30, "水体偏酸", "The water turns acid"),
    alkaline: staged(
      "acidity",
      "orange",
      30,
      "新水箱水泥渗碱",
      "New cement turns the water alkaline",
    ),
    intrusion: staged("hatch", "red", 10, "有人打开水箱人孔盖", "Somebody opens the tank"),
    contamination: staged(
      "contamination",
      "red",
      20,
      "污水渗入水箱",
      "Foul water seeps into the tank",
    ),
    burst: staged("pressure", "yellow", 20, "出水管爆裂，压力骤降", "The outlet pipe bursts"),
    neglected: staged("cleaning", "blue", 10, "水箱逾期未清洗", "The tank was not cleaned in time"),
    outage: staged("silent", "yellow", 40, "水质监测仪失联", "The monitor goes quiet"),
  },
  simulate,
});
