import { defineScenario, type Incident, minutes } from "#scenario";
import { rules } from "./rules.ts";
import { labels, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

const staged = (raises: string, within: number, zh: string, en: string): Incident => ({
  raises,
  within: minutes(within),
  tells: { zh, en },
});

/** Finds where shared bikes pile up before the pavement is closed, and sends their company. */
export default defineScenario({
  id: "shared-bike-hotspot",
  version: 1,
  name: { zh: "共享单车堵点", en: "Shared-bike hot spots" },
  story: {
    zh: "统计停放点车辆：停满、爆仓派单企业清运，涌入时提前调度，多人上报同一处也立案。",
    en: "Counts bikes in a zone: full and burst send the company, a rush is told ahead.",
  },
  every: minutes(5),
  siteKind: "bike-zone",
  reading,
  labels,
  site,
  sampleSite: { capacity: 60, operator: "company-a" },
  params,
  rules,
  incidents: {
    full: staged("full", 20, "停放点停满", "The zone fills up"),
    burst: staged("burst", 20, "车辆爆仓，堵住人行道", "Bikes burst the zone and close the way"),
    blocked: staged("burst", 20, "车辆倒伏，通道变窄", "Bikes have fallen over and narrow the way"),
    surge: staged("surge", 20, "早高峰车辆大量涌入", "Bikes pour in at the rush hour"),
    complaints: staged("reported", 30, "多名群众上报同一处", "Several people report one spot"),
    drained: staged("empty", 45, "停放点无车可借", "Not one bike is left to rent"),
    outage: staged("silent", 25, "停放点断数", "The zone's counter goes quiet"),
  },
  simulate,
});
