import { defineScenario, type Grade, type Incident, minutes, silent } from "#scenario";
import { circuit, lampOut, litRate } from "./light.ts";
import { door, leakage, tilt } from "./pole.ts";
import { labels, type Params, params, type Reading, reading, type Site, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

const SILENT_AFTER = minutes(45);

const rules = (p: Params) => ({
  lampOut: lampOut(p),
  circuit: circuit(p),
  leakage: leakage(p),
  tilt: tilt(p),
  door: door(),
  litRate: litRate(p),
  silent: silent<Reading, Site>({ after: SILENT_AFTER, level: "yellow" }),
});

const staged = (
  raises: string,
  level: Grade,
  within: number,
  zh: string,
  en: string,
): Incident => ({ raises, level, within: minutes(within), tells: { zh, en } });

/** Sees that streets are lit from dusk to dawn, and that no pole is live or about to fall. */
export default defineScenario({
  id: "street-lamp",
  version: 1,
  name: { zh: "路灯照明", en: "Street lighting" },
  story: {
    zh: "按当日日落日出判断路灯该不该亮：单盏不亮、成片未按时启闭、亮灯率不达标；漏电、倾斜、开门另行报警。",
    en: "By the day's sunset and sunrise: dark lamps, circuits off schedule, live or leaning poles.",
  },
  every: minutes(15),
  silentAfter: SILENT_AFTER,
  siteKind: "lamp-circuit",
  reading,
  labels,
  site,
  sampleSite: { roadClass: "secondary" as const, lamps: 12 },
  params,
  lifeSafety: ["leakage"],
  rules,
  incidents: {
    lampOut: staged("lampOut", "yellow", 480, "灯具损坏，整夜不亮", "A lamp fails and stays dark"),
    circuitOut: staged("circuit", "orange", 480, "回路跳闸，整条路不亮", "A feeder trips"),
    burning: staged("circuit", "orange", 600, "时钟错乱，白天亮灯", "The lamps burn all day"),
    leaking: staged("leakage", "orange", 30, "灯杆漏电", "A pole leaks current"),
    live: staged("leakage", "red", 30, "灯杆带电", "A pole is live"),
    leaning: staged("tilt", "orange", 40, "灯杆倾斜", "A pole leans"),
    struck: staged("tilt", "red", 40, "灯杆被车撞歪", "A car strikes a pole"),
    opened: staged("door", "yellow", 40, "检修门被撬开", "The pole's door is forced open"),
    dim: staged("litRate", "blue", 1_560, "回路整夜失电，亮灯率不达标", "Too few lamps are lit"),
    outage: staged("silent", "yellow", 65, "单灯控制器失联", "The controller goes quiet"),
  },
  simulate,
});
