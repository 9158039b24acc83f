import { defineScenario, minutes, seconds } from "#scenario";
import { bedUnused, nightAbsence, quiet } from "./bed.ts";
import { incidents } from "./incidents.ts";
import { labels, type Params, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";
import { apnea, extreme, noVitals, sum } from "./vitals.ts";

/**
 * Prompts a welfare check on elders over 80 who live alone. Not a medical device; only with consent
 * on record.
 */
export default defineScenario({
  id: "elder-vital-signs",
  version: 1,
  name: { zh: "80岁以上独居老人生命体征", en: "Vital signs of elders over 80 living alone" },
  story: {
    zh: "床垫传感器测心率、呼吸和在床，异常时提示上门探视。不是医疗器械，须本人或监护人同意。",
    en: "A bed sensor prompts a welfare check. No medical instrument; only by consent.",
  },
  every: seconds(60),
  silentAfter: minutes(30),
  siteKind: "flat",
  reading,
  labels,
  site,
  sampleSite: { spo2Scale: 1 },
  params,
  consent: { purpose: "elder-vital-signs" },
  lifeSafety: ["noVitals", "extreme", "sum", "apnea"],
  rules: (p: Params) => ({
    noVitals: noVitals(p),
    extreme: extreme(p),
    sum: sum(p),
    apnea: apnea(p),
    nightAbsence: nightAbsence(),
    bedUnused: bedUnused(),
    silent: quiet(),
  }),
  incidents,
  simulate,
});
