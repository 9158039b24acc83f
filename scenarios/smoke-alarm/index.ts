import { defineScenario, type Grade, hours, type Incident, minutes } from "#scenario";
import { fire } from "./fire.ts";
import { battery, dirty, nuisance, quiet, smoke, tamper } from "./rules.ts";
import { labels, type Params, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

const staged = (
  raises: string,
  level: Grade,
  within: number,
  zh: string,
  en: string,
): Incident => ({ raises, level, within, tells: { zh, en } });

/** Hears smoke detectors in homes and kitchens, and tells fumes from a fire that is confirmed. */
export default defineScenario({
  id: "smoke-alarm",
  version: 1,
  name: { zh: "烟感与室内火警", en: "Smoke and indoor fire" },
  story: {
    zh: "烟感即报即处置，每日一次心跳：厨房油烟先等一分钟，第二信号确认的直接联动微型消防站和119。",
    en: "Detectors speak on smoke and once a day; a second sign makes it a fire.",
  },
  every: minutes(1),
  silentAfter: hours(48),
  siteKind: "flat",
  reading,
  labels,
  site,
  sampleSite: { kitchen: true, elderHome: true },
  params,
  lifeSafety: ["smoke", "fire"],
  rules: (p: Params) => ({
    smoke: smoke(p),
    fire: fire(p),
    nuisance: nuisance(p),
    tamper: tamper(),
    battery: battery(p),
    dirty: dirty(p),
    silent: quiet(),
  }),
  incidents: {
    fumes: staged("nuisance", "blue", minutes(2), "炒菜油烟", "Fumes from the wok"),
    burntPot: staged(
      "smoke",
      "orange",
      minutes(3),
      "烧干锅，有人已按消音",
      "A pot boils dry; somebody has hushed the detector",
    ),
    unanswered: staged(
      "fire",
      "red",
      minutes(4),
      "烟感持续报警，无人应答",
      "A detector sounds and nobody answers it",
    ),
    blaze: staged("fire", "red", minutes(5), "起火升温", "A fire, and the room heats up"),
    removed: staged("tamper", "yellow", minutes(3), "烟感被拆下", "A detector is taken down"),
    flatBattery: staged("battery", "blue", hours(2), "电池将耗尽", "A battery runs low"),
    greasy: staged("dirty", "blue", hours(2), "探测室积油", "Grease clogs the smoke chamber"),
    outage: staged("silent", "orange", hours(50), "烟感失联", "The detector goes quiet"),
  },
  simulate,
});
