// What wears a lift out, and what it tells others: ride quality, the machine room, fire service.

import { condition, defineRule, hours, minutes, operatorDefault } from "#scenario";
import { FIRE_RETURN, FIREFIGHTER, type Params, type Reading, type Site } from "./schema.ts";
import { codes, comfort, faultCase, isInspected, room } from "./sources.ts";

/** Trips in a row that were rough, or good, up to the last run counted. */
type Trips = { runCount: number; rough: number; good: number };

/** Whether a trip was rough; undefined: the reading tells of no trip. */
function isRough(p: Params, reading: Reading): boolean | undefined {
  const limits = [
    [reading.verticalPeakMPerS2, p.verticalPeak],
    [reading.verticalA95MPerS2, p.verticalA95],
    [reading.horizontalPeakMPerS2, p.horizontalPeak],
    [reading.horizontalA95MPerS2, p.horizontalA95],
  ] as const;
  const told = limits.filter(([value]) => value !== undefined);
  return told.length === 0 ? undefined : told.some(([value, limit]) => value! > limit);
}

/**
 * Judged per trip, from the vibration that the monitor reckons over it and sends with its run
 * count.
 */
export const rideQuality = (p: Params) =>
  defineRule<Reading, Trips | null, Site>({
    asks: { zh: "运行舒适度是否变差？", en: "Has the ride become rough?" },
    sources: [comfort, operatorDefault],
    rationale: {
      act: {
        zh: "列入下次维保：检查导轨、导靴、曳引绳张力。",
        en: "Put it on the next maintenance: guide rails, shoes, rope tension.",
      },
      within: hours(72),
      otherwise: { zh: "部件加速磨损。", en: "Parts wear out sooner." },
    },
    alert: { hold: 0, release: 0, gap: hours(24) },
    initial: null,
    judge(before, event) {
      if (event.kind !== "reading") return { state: before };
      const { reading } = event;
      const rough = isInspected(reading) ? undefined : isRough(p, reading);
      const { runCount } = reading;
      if (rough === undefined || runCount === undefined || runCount === before?.runCount)
        return { state: before };
      const state: Trips = rough
        ? { runCount, rough: (before?.rough ?? 0) + 1, good: 0 }
        : { runCount, rough: 0, good: (before?.good ?? 0) + 1 };
      const value = reading.verticalPeakMPerS2;
      if (state.rough >= p.roughTrips) return { state, signal: { level: "blue", value } };
      const lingers = state.good < p.goodTrips || undefined;
      return { state, signal: { level: "ok", value, lingers } };
    },
  });

export const machineRoom = (p: Params) =>
  condition<Reading, Site>({
    asks: { zh: "机房温度是否异常？", en: "Is the machine room too hot or too cold?" },
    raise: (reading) => {
      const cel = reading.machineRoomCel;
      if (cel === undefined || isInspected(reading)) return;
      return (cel > p.hotCel || cel < p.coldCel) && "yellow";
    },
    clear: ({ machineRoomCel: cel }) =>
      cel === undefined ? undefined : cel <= p.hotClearCel && cel >= p.coldClearCel,
    value: (reading) => reading.machineRoomCel,
    sources: [room, operatorDefault],
    rationale: {
      act: {
        zh: "通知物业检查机房空调、通风和门窗。",
        en: "Have the property check the room's cooling, vents, windows and door.",
      },
      within: hours(4),
      otherwise: {
        zh: "控制柜、变频器过热停机。",
        en: "The controller overheats and stops the lift.",
      },
    },
    alert: {
      hold: minutes(10),
      release: 0,
      case: { ...faultCase, when: { unacknowledgedFor: minutes(5) } },
    },
  });

/** Told for others to hear: the lift's own sign of a fire in the building. */
export const fireService = () =>
  condition<Reading, Site>({
    asks: { zh: "电梯是否进入消防模式？", en: "Has the lift gone into fire service?" },
    raise: ({ serviceMode }) =>
      (serviceMode === FIRE_RETURN || serviceMode === FIREFIGHTER) && "blue",
    sources: [codes],
    rationale: {
      act: {
        zh: "核对该楼烟感和消防主机，联系微型消防站。",
        en: "Check the building's smoke detectors and fire panel; call the micro fire station.",
      },
      within: minutes(2),
      otherwise: { zh: "火情线索被忽略。", en: "A sign of fire is missed." },
    },
    alert: { hold: 0, release: 0 },
  });
