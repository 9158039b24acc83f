// Where this scenario's numbers come from, and its cases.

import { type CasePolicy, minutes, type Source } from "#scenario";
import type { Reading } from "./schema.ts";

const standard = (title: string, edition: string, clause?: string): Source => ({
  kind: "standard",
  title,
  edition,
  unverified: true,
  ...(clause === undefined ? {} : { clause }),
});

export const caseTable = standard("GB/T 30428.8 立案、处置和结案", "2020");
export const lanes = standard("GB 55037 建筑防火通用规范", "2022", "3.4");
export const fireLaw = standard("消防法", "2021", "28, 60");

export const laneCase: CasePolicy = {
  from: "orange",
  when: "at-once",
  class: "04-96",
  filing: { zh: "占用、堵塞消防通道", en: "A fire lane is taken or blocked" },
  closing: { zh: "车辆已驶离，消防通道畅通", en: "The vehicle is gone; the fire lane is free" },
  limit: { amount: 2, unit: "work-hour" },
  unit: "property-management",
  verify: minutes(10),
};

const forFire: readonly Reading["laneType"][] = ["fireLane", "fireTruckPad"];

export const isForFire = ({ laneType }: Reading): boolean => forFire.includes(laneType);

/** Whether it stands in the way: a fire engine or an ambulance does not. Undefined: nobody knows. */
export function isTaken({ status, vehicleClass }: Reading): boolean | undefined {
  if (status === "unknown") return;
  return status === "occupied" && vehicleClass !== "emergency";
}
