// A vehicle that stands where none may: before the fire brigade's way in, on a pavement, at a no
// stopping sign. The sensor speaks when that changes, so one word holds until the next.

import { condition, minutes, operatorDefault } from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";
import { caseTable, fireLaw, isForFire, isTaken, laneCase, lanes } from "./sources.ts";

export const occupied = (p: Params) =>
  condition<Reading, Site>({
    asks: {
      zh: "消防通道或登高场地是否被占？",
      en: "Is a fire lane or a fire-truck pad taken?",
    },
    raise: (reading) => {
      if (!isForFire(reading)) return false;
      const taken = isTaken(reading);
      return taken && "red"; // how long it stays makes the level
    },
    sources: [operatorDefault, caseTable, lanes, fireLaw],
    rationale: {
      act: {
        zh: "蓝色：喇叭、短信劝离。橙色：物业 10 分钟内到场联系车主。红色：派出所、交警拖移。",
        en: "Blue: speaker, text. Orange: guard finds the owner in 10 min. Red: police tow it.",
      },
      within: minutes(10),
      otherwise: {
        zh: "起火时消防车进不来，云梯无法展开。",
        en: "In a fire the engines cannot get in, nor raise a ladder.",
      },
    },
    alert: {
      hold: {
        blue: minutes(p.stopMin),
        yellow: minutes(p.occupiedMin), // it grows from blue to orange, with nothing between
        orange: minutes(p.occupiedMin),
        red: minutes(p.stubbornMin),
      },
      samples: 1,
      release: minutes(p.freeMin),
      case: laneCase,
    },
  });

export const roadside = (p: Params) =>
  condition<Reading, Site>({
    asks: {
      zh: "人行道或禁停路段是否停有机动车？",
      en: "Is a motor vehicle left on a pavement or where stopping is forbidden?",
    },
    raise: (reading) => {
      if (isForFire(reading)) return false;
      const taken = isTaken(reading);
      return taken && "yellow";
    },
    sources: [operatorDefault],
    rationale: {
      act: {
        zh: "短信通知车主驶离；不驶离转交警取证处理。",
        en: "Text the owner to drive off; else traffic police take it up.",
      },
      within: minutes(30),
      otherwise: {
        zh: "行人走上车道，路口视线被挡。",
        en: "People walk on the road, and drivers cannot see the crossing.",
      },
    },
    alert: {
      hold: minutes(p.roadsideMin),
      samples: 1,
      release: minutes(p.freeMin),
      case: {
        ...laneCase,
        from: "yellow",
        class: "04-99",
        filing: {
          zh: "机动车乱停放，占用人行道或禁停路段",
          en: "A motor vehicle is left on a pavement or where stopping is forbidden",
        },
        closing: { zh: "车辆已驶离", en: "The vehicle is gone" },
        unit: "traffic-police",
      },
    },
  });
