import { defineScenario, minutes, offlineCase, seconds, silent } from "#scenario";
import { fireService, machineRoom, rideQuality } from "./comfort.ts";
import { incidents } from "./incidents.ts";
import {
  cannotRestart,
  doorTrouble,
  overspeed,
  safetyChain,
  unintendedMovement,
} from "./machine.ts";
import { alarmButton, trapped, trappedAtLevel } from "./people.ts";
import { labels, type Params, params, type Reading, reading, type Site, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

/** A lift that nobody hears may hold people: its silence is worth a case of its own, and soon. */
const quiet = () =>
  silent<Reading, Site>({
    after: minutes(10),
    level: "orange",
    case: { ...offlineCase(minutes(5)), limit: { amount: 4, unit: "urgent-hour" } },
    rationale: {
      act: {
        zh: "电话联系物业查看电梯是否困人、停电，再派运维单位修复监测终端。",
        en: "Ring the property: anybody trapped, any power? Then send the maintainer.",
      },
      within: minutes(15),
      otherwise: { zh: "困人时无人知晓。", en: "Nobody would know of people trapped." },
    },
  });

/** Finds people trapped in lifts, and lifts that are about to trap or hurt somebody. */
export default defineScenario({
  id: "elevator-safety",
  version: 1,
  name: { zh: "电梯监测", en: "Lift safety" },
  story: {
    zh: "电梯监测终端按变化上报、每分钟心跳：困人、报警、意外移动立即立案，故障、舒适度和机房也有人管。",
    en: "Told on change and once a minute: people trapped, alarms, movement, faults.",
  },
  every: seconds(60),
  silentAfter: minutes(10),
  siteKind: "lift",
  reading,
  labels,
  site,
  sampleSite: { ratedSpeedMPerS: 1.75, floors: 18 },
  params,
  lifeSafety: ["trapped", "trappedAtLevel", "alarmButton", "unintendedMovement", "overspeed"],
  rules: (p: Params) => ({
    trapped: trapped(p),
    trappedAtLevel: trappedAtLevel(p),
    alarmButton: alarmButton(),
    unintendedMovement: unintendedMovement(),
    safetyChain: safetyChain(),
    doorTrouble: doorTrouble(p),
    cannotRestart: cannotRestart(),
    overspeed: overspeed(p),
    rideQuality: rideQuality(p),
    machineRoom: machineRoom(p),
    fireService: fireService(),
    silent: quiet(),
  }),
  incidents,
  simulate,
});
