// The troubles that can be staged at a bed, the rule that must notice each, and by when.

import { type Grade, hours, type Incident, minutes } from "#scenario";

const staged = (
  raises: string,
  level: Grade,
  within: number,
  zh: string,
  en: string,
): Incident => ({
  raises,
  level,
  within,
  tells: { zh, en },
});

export const incidents: Record<string, Incident> = {
  still: staged(
    "noVitals",
    "red",
    minutes(5),
    "在床上测不到心跳呼吸",
    "In bed without pulse or breath",
  ),
  slowPulse: staged("extreme", "orange", minutes(6), "心率过缓", "The pulse is far too slow"),
  racing: staged("extreme", "red", minutes(6), "心率、呼吸都极快", "Pulse and breath both race"),
  fever: staged(
    "sum",
    "orange",
    minutes(8),
    "发热、心率和呼吸偏快",
    "Feverish, pulse and breath fast",
  ),
  worsening: staged(
    "sum",
    "red",
    minutes(6),
    "多项体征同时变差",
    "Several vital signs grow worse together",
  ),
  apnea: staged(
    "apnea",
    "yellow",
    minutes(6),
    "睡眠中反复呼吸暂停",
    "Breathing stops again and again",
  ),
  longApnea: staged(
    "apnea",
    "red",
    minutes(3),
    "长时间呼吸暂停",
    "Breathing stops for more than a minute",
  ),
  fall: staged(
    "nightAbsence",
    "yellow",
    hours(17),
    "夜间起床后跌倒",
    "A fall after getting up at night",
  ),
  missing: staged(
    "bedUnused",
    "orange",
    hours(25),
    "一整天没有回到床上",
    "Nobody has come to bed for a day",
  ),
  outage: staged("silent", "orange", hours(6.2), "床垫失联", "The mat goes quiet"),
};
