import { defineScenario, type Grade, type Incident, minutes } from "#scenario";
import { overPower, overtime, portHot, quiet, smoke, wildCharging } from "./charging.ts";
import { inLift, repeated, travels } from "./lift.ts";
import { labels, type Params, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

const staged = (
  raises: string,
  level: Grade,
  within: number,
  zh: string,
  en: string,
): Incident => ({ raises, level, within: minutes(within), tells: { zh, en } });

/** Keeps e-bikes out of lifts and corridors, and watches them where they may charge. */
export default defineScenario({
  id: "ebike-safety",
  version: 1,
  name: { zh: "电动自行车安全", en: "E-bikes in lifts and charging" },
  story: {
    zh: "电梯摄像头劝阻电动自行车上楼，充电棚端口看温度、功率、时长和烟雾，飞线、楼道充电立案。",
    en: "Cameras keep e-bikes out of lifts; ports tell heat, power, time and smoke.",
  },
  every: minutes(1),
  silentAfter: minutes(10),
  siteKind: "charging-shed",
  reading,
  labels,
  site,
  sampleSite: { ratedW: 400 },
  params,
  lifeSafety: ["smoke"],
  rules: (p: Params) => ({
    inLift: inLift(p),
    travels: travels(p),
    repeated: repeated(p),
    portHot: portHot(p),
    overPower: overPower(p),
    overtime: overtime(p),
    smoke: smoke(),
    wildCharging: wildCharging(),
    silent: quiet(),
  }),
  incidents: {
    boards: staged("inLift", "yellow", 2, "电动自行车推进电梯", "An e-bike is pushed into a lift"),
    rides: staged("travels", "yellow", 4, "电动自行车乘梯上楼", "An e-bike rides upstairs"),
    ridesAgain: staged("repeated", "orange", 15, "同一电梯屡次进车", "Again and again in one lift"),
    warmPort: staged("portHot", "orange", 9, "端口发热", "A port grows hot"),
    runaway: staged("portHot", "red", 5, "电池热失控", "A battery runs away"),
    tooMuch: staged("overPower", "yellow", 4, "改装车超功率充电", "A tuned bike draws too much"),
    forgotten: staged("overtime", "blue", 3, "充满后一直未取", "A bike is left on charge"),
    smoke: staged("smoke", "red", 2, "充电棚冒烟", "Smoke in the charging shed"),
    flyingWire: staged("wildCharging", "orange", 2, "楼上飞线充电", "A wire hangs from a window"),
    outage: staged("silent", "yellow", 13, "端口失联", "The port goes quiet"),
  },
  simulate,
});
