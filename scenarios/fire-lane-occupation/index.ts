import { defineScenario, type Grade, hours, type Incident, minutes, silent } from "#scenario";
import { occupied, roadside } from "./lane.ts";
import { labels, type Params, params, type Reading, reading, type Site, site } from "./schema.ts";
import { simulate } from "./simulate.ts";
import { withFire } from "./with-fire.ts";

const staged = (
  raises: string,
  level: Grade,
  within: number,
  zh: string,
  en: string,
): Incident => ({ raises, level, within, tells: { zh, en } });

/** Keeps the fire brigade's way in free, and says at once when there is fire and it is not. */
export default defineScenario({
  id: "fire-lane-occupation",
  version: 1,
  name: { zh: "消防通道占用与机动车乱停", en: "Fire-lane occupation, illegal parking" },
  story: {
    zh: "地磁感知消防通道停车：三分钟劝离，十分钟派物业，半小时转公安；同小区起火时立即最高级。",
    en: "Feels cars on fire lanes: speaker, guard, police; with fire nearby red at once.",
  },
  every: minutes(1),
  silentAfter: hours(36),
  siteKind: "compound",
  reading,
  labels,
  site,
  sampleSite: { laneWidthM: 4, propertyManager: "临汾物业" },
  params,
  lifeSafety: ["withFire"],
  rules: (p: Params) => ({
    occupied: occupied(p),
    withFire: withFire(p),
    roadside: roadside(p),
    silent: silent<Reading, Site>({ after: hours(36), level: "yellow" }),
  }),
  incidents: {
    stop: staged(
      "occupied",
      "blue",
      minutes(6),
      "消防通道临时停车",
      "A car stops on the fire lane",
    ),
    parked: staged("occupied", "orange", minutes(15), "车辆停进消防通道", "A car is left on it"),
    stubborn: staged("occupied", "red", minutes(40), "车主拒不挪车", "Its owner will not move it"),
    fire: staged(
      "withFire",
      "red",
      minutes(3),
      "起火时消防通道被占",
      "There is fire, and a car on the fire lane",
    ),
    roadside: staged(
      "roadside",
      "yellow",
      minutes(20),
      "机动车停上人行道",
      "A car is left on the pavement",
    ),
    outage: staged("silent", "yellow", hours(40), "地磁失联", "The sensor goes quiet"),
  },
  simulate,
});
