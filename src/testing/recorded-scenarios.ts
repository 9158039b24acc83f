// The scenarios of the recordings: the river, and bike stations that have no free dock for an hour.

import {
  type AnyRule,
  above,
  defineScenario,
  hours,
  minutes,
  operatorDefault,
  Type,
} from "#scenario";
import { anyWords } from "./ask.ts";

export { default as riverLevel } from "../../scenarios/river-level/index.ts";

const words = { zh: "满桩", en: "Full" };

/** Fires when a station has been full for an hour, gaps of up to two hours allowed. */
const full = above<{ bikes: number }, { capacity: number }>({
  ...anyWords,
  field: "bikes",
  bounds: ({ capacity }) => ({ yellow: capacity }),
  clear: ({ capacity }) => ({ yellow: capacity }),
  sources: [operatorDefault],
  alert: { hold: minutes(60), release: 0, samples: 1, gap: hours(2), cooldown: 0 },
});

export const bikes = defineScenario({
  id: "bikes",
  version: 1,
  name: words,
  story: words,
  every: minutes(20),
  siteKind: "station",
  reading: Type.Object({ bikes: Type.Integer() }),
  labels: { bikes: words },
  site: Type.Object({ capacity: Type.Integer() }),
  sampleSite: { capacity: 10 },
  params: Type.Object({}),
  rules: (): Record<string, AnyRule> => ({ full }),
  incidents: {},
  simulate: () => null,
});
