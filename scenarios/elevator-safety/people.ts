// People in danger in the car: trapped between landings, trapped at one, and the alarm button.

import { defineRule, operatorDefault, type Rationale, seconds } from "#scenario";
import { type Cabin, look } from "./cabin.ts";
import { NORMAL, type Params, type Reading, type Site } from "./schema.ts";
import { codes, rescue, trappedCase } from "./sources.ts";

const rescueNow: Rationale = {
  act: {
    zh: "1 分钟内对讲安抚、通知维保；10 分钟无响应升级二级救援网络（110），30 分钟内救出。",
    en: "Speak to them, call the maintainer in 1 min; no answer in 10: 110; out in 30.",
  },
  within: seconds(60),
  otherwise: {
    zh: "被困者恐慌、缺氧，或自行扒门坠落。",
    en: "Those trapped panic, fall ill, or force the doors and fall.",
  },
};

/**
 * Stopped with somebody inside and the doors shut; `atLevel` says whether a landing's doors could
 * be opened.
 */
function stuck(p: Params, atLevel: boolean) {
  return defineRule<Reading, Cabin | null, Site>({
    asks: atLevel
      ? { zh: "平层处是否困人？", en: "Are people shut in at a landing?" }
      : { zh: "层间是否困人？", en: "Are people trapped between landings?" },
    sources: [codes, rescue, operatorDefault],
    rationale: rescueNow,
    alert: { hold: seconds(atLevel ? 120 : 60), release: 0, case: trappedCase },
    initial: null,
    judge(before, event, at) {
      if (event.kind !== "reading") return { state: before };
      const { reading } = event;
      const state = look(before, reading, seconds(p.settleS), at);
      if (state.inside === null) return { state, signal: { level: "unknown" } };
      const isShutIn = state.inside && !reading.carMoving && !reading.doorOpen;
      if (isShutIn && reading.serviceMode === NORMAL && reading.doorZone === atLevel)
        return { state, signal: { level: "red" } };
      const isOut = reading.doorOpen && (atLevel || reading.doorZone);
      return { state, signal: isOut ? { level: "ok" } : { level: "ok", lingers: true } };
    },
  });
}

export const trapped = (p: Params) => stuck(p, false);
export const trappedAtLevel = (p: Params) => stuck(p, true);

/** Pressed and not yet answered for; whether the doors have opened since. */
type Press = { opened: boolean };

/**
 * Armed in every service mode. Orange at once; red when a minute has not shown it to be a mistake.
 */
export const alarmButton = () =>
  defineRule<Reading, Press | null, Site>({
    asks: { zh: "轿厢报警按钮是否按下？", en: "Has the alarm button in the car been pressed?" },
    sources: [codes, operatorDefault],
    rationale: {
      act: {
        zh: "立即接通对讲核实：误按则作废，求助则按困人处置。",
        en: "Answer the intercom at once: void a mistake, else rescue as for people trapped.",
      },
      within: seconds(60),
      otherwise: { zh: "求助者无人应答。", en: "A call for help goes unanswered." },
    },
    alert: {
      hold: { orange: 0, red: seconds(60) },
      samples: 1, // the button is its own debouncer
      release: 0,
      case: {
        ...trappedCase,
        when: { unacknowledgedFor: seconds(60) },
        filing: { zh: "轿厢内按下报警按钮", en: "The alarm button in the car was pressed" },
      },
    },
    initial: null,
    judge(before, event) {
      if (event.kind !== "reading") return { state: before };
      const { alarmCode, doorOpen } = event.reading;
      if (alarmCode === undefined && before === null)
        return { state: null, signal: { level: "unknown" } };
      const isPressed = alarmCode === "90";
      const opened = doorOpen || (before?.opened ?? false);
      const isOver = before === null || (alarmCode === "00" && opened);
      if (!isPressed && isOver) return { state: null, signal: { level: "ok" } };
      return { state: { opened }, signal: { level: "red" } };
    },
  });
