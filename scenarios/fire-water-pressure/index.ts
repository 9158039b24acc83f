import { defineScenario, type Grade, hours, type Incident, minutes } from "#scenario";
import {
  hydrantEmpty,
  hydrantLow,
  indoorLow,
  knocked,
  overPressure,
  pumpManual,
  quiet,
  tankLow,
  wrongfulUse,
} from "./rules.ts";
import { labels, type Params, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

const staged = (
  raises: string,
  level: Grade,
  within: number,
  zh: string,
  en: string,
): Incident => ({ raises, level, within: minutes(within), tells: { zh, en } });

/** Sees to it that hydrants, tanks and pumps have water before a fire asks for it. */
export default defineScenario({
  id: "fire-water-pressure",
  version: 1,
  name: { zh: "消火栓与消防水压", en: "Hydrant and fire-water pressure" },
  story: {
    zh: "室外消火栓、室内最不利点、消防水箱和水泵：压力、水位、自动状态不对，被撞、被盗用都有人管。",
    en: "Hydrants, worst points, tanks, pumps: water must be there before the fire is.",
  },
  every: minutes(10),
  silentAfter: hours(2),
  siteKind: "hydrant",
  reading,
  labels,
  site,
  sampleSite: { indoorClass: "ordinary" as const, designLevelM: 2.5, sleepy: false },
  params,
  rules: (p: Params) => ({
    hydrantLow: hydrantLow(p),
    hydrantEmpty: hydrantEmpty(p),
    indoorLow: indoorLow(p),
    overPressure: overPressure(p),
    tankLow: tankLow(p),
    wrongfulUse: wrongfulUse(p),
    knocked: knocked(p),
    pumpManual: pumpManual(),
    silent: quiet(),
  }),
  incidents: {
    weakMains: staged("hydrantLow", "orange", 25, "管网压力不足", "The mains are weak"),
    shutValve: staged("hydrantEmpty", "red", 40, "阀门误关", "A valve was shut by mistake"),
    weakIndoors: staged("indoorLow", "orange", 25, "稳压泵停机", "The jockey pump stops"),
    stuckReducer: staged("overPressure", "yellow", 25, "减压阀失效", "A reducing valve fails"),
    leakingTank: staged("tankLow", "orange", 45, "消防水箱漏水", "The fire tank leaks"),
    waterThief: staged("wrongfulUse", "yellow", 25, "私接消火栓用水", "Water is taken wrongfully"),
    crash: staged("knocked", "orange", 20, "货车撞歪消火栓", "A lorry knocks a hydrant over"),
    pumpOff: staged("pumpManual", "orange", 25, "消防泵打到手动", "The pump is put on manual"),
    outage: staged("silent", "yellow", 140, "监测终端失联", "The monitor goes quiet"),
  },
  simulate,
});
