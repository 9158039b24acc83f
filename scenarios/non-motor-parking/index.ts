import { defineScenario, minutes } from "#scenario";
import { rules } from "./rules.ts";
import { labels, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

/** Keeps pavements, blind paths and exits free of parked bicycles and e-bikes. */
export default defineScenario({
  id: "non-motor-parking",
  version: 1,
  name: { zh: "非机动车停放管理", en: "Non-motor-vehicle parking" },
  story: {
    zh: "摄像头或计数器看管停放区：禁停区停车、盲道和出入口被堵、停放点外溢，持续一段时间才提醒。",
    en: "Watches a zone: forbidden parking, a blocked path or exit, a place spilling over.",
  },
  every: minutes(5),
  siteKind: "bike-zone",
  reading,
  labels,
  site,
  sampleSite: { capacity: 40 },
  params,
  rules,
  incidents: {
    stray: {
      raises: "forbidden",
      level: "yellow",
      within: minutes(20),
      tells: { zh: "两辆车停在禁停区", en: "Two vehicles are left where none may be" },
    },
    swarm: {
      raises: "forbidden",
      level: "orange",
      within: minutes(30),
      tells: { zh: "九辆车停在禁停区", en: "Nine vehicles are left where none may be" },
    },
    blocked: {
      raises: "blocked",
      within: minutes(20),
      tells: { zh: "盲道和出入口被车辆堵住", en: "Vehicles block the blind path and the exit" },
    },
    overflow: {
      raises: "overflow",
      within: minutes(30),
      tells: { zh: "停放点停满外溢", en: "The parking place is full and spills over" },
    },
    outage: {
      raises: "silent",
      within: minutes(25),
      tells: { zh: "摄像头失联", en: "The camera goes quiet" },
    },
  },
  simulate,
});
