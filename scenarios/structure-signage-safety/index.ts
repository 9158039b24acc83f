import { defineScenario, hours, minutes, silent } from "#scenario";
import { crackGrowth, leanDanger, leanDesign, leanSpeed, vibration } from "./building.ts";
import { incidents } from "./incidents.ts";
import { labels, type Params, params, type Reading, reading, type Site, site } from "./schema.ts";
import { illegalSign, signFalling, signTilt, storm } from "./signs.ts";
import { simulate } from "./simulate.ts";

/** Sees buildings lean and signs come loose before they come down, sooner in a storm. */
export default defineScenario({
  id: "structure-signage-safety",
  version: 1,
  name: { zh: "外立面、广告牌匾与结构安全", en: "Facade, signs and structure" },
  story: {
    zh: "倾角、裂缝、振动和风速传感器看护老旧房屋与招牌；大风时招牌告警自动升一级。",
    en: "Tilt, crack, vibration and wind watch old buildings and signs; a storm raises signs.",
  },
  every: minutes(5),
  silentAfter: hours(6),
  siteKind: "facade",
  reading,
  labels,
  site,
  sampleSite: { heightM: 54, storeys: 18, accBaselineMPerS2: 0.02 },
  params,
  lifeSafety: ["leanDanger", "signFalling"],
  rules: (p: Params) => ({
    leanDesign: leanDesign(),
    leanDanger: leanDanger(),
    leanSpeed: leanSpeed(p),
    crackGrowth: crackGrowth(p),
    signTilt: signTilt(p),
    signFalling: signFalling(p),
    storm: storm(p),
    illegalSign: illegalSign(p),
    vibration: vibration(p),
    silent: silent<Reading, Site>({ after: hours(6), level: "yellow" }),
  }),
  incidents,
  simulate,
});
