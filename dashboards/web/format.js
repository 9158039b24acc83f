// How times, ages and numbers look. Times are the street's, whatever zone the browser is in.

import { speaks } from "./messages.js";

const ZONE = "Asia/Shanghai";
const made = new Map();

function formatter(options) {
  const locale = speaks() === "zh" ? "zh-CN" : "en-GB";
  const key = locale + JSON.stringify(options);
  if (!made.has(key))
    made.set(
      key,
      new Intl.DateTimeFormat(locale, { timeZone: ZONE, hourCycle: "h23", ...options }),
    );
  return made.get(key);
}

const hms = { hour: "2-digit", minute: "2-digit", second: "2-digit" };
const day = { year: "numeric", month: "2-digit", day: "2-digit" };
const date = { month: "short", day: "numeric", weekday: "short" };

/** 14:42:11 */
export const clock = (at) => formatter(hms).format(at);
/** 14:42 */
export const hourMinute = (at) => formatter({ hour: "2-digit", minute: "2-digit" }).format(at);
/** The day, its weekday, and the time. */
export const dateTime = (at) => `${formatter(date).format(at)} ${clock(at)}`;
/** The time, and the day before it when it is not today's. */
export function when(at, now) {
  const days = formatter(day);
  if (days.format(at) === days.format(now)) return clock(at);
  return `${formatter({ month: "2-digit", day: "2-digit" }).format(at)} ${clock(at)}`;
}

/** A duration in the largest two units that say something: 4 s, 6:45, 1:05:36, 3 d 4 h. */
export function age(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const [s, m, h] = [seconds % 60, Math.floor(seconds / 60) % 60, Math.floor(seconds / 3600)];
  if (h === 0) return `${m}:${two(s)}`;
  if (h < 48) return `${h}:${two(m)}:${two(s)}`;
  return `${Math.floor(h / 24)} d ${h % 24} h`;
}

/** A duration in words for a sentence: 30 s, 10 min, 2 h, 1 d. */
export function span(ms) {
  const zh = speaks() === "zh";
  if (ms % 86_400_000 === 0 && ms > 0) return `${ms / 86_400_000} ${zh ? "天" : "d"}`;
  if (ms % 3_600_000 === 0 && ms > 0) return `${ms / 3_600_000} ${zh ? "小时" : "h"}`;
  if (ms % 60_000 === 0 && ms > 0) return `${ms / 60_000} ${zh ? "分钟" : "min"}`;
  return `${ms / 1000} ${zh ? "秒" : "s"}`;
}

const two = (n) => String(n).padStart(2, "0");

/** A number as people read it: at most three decimals. */
export const number = (value) => String(Math.round(value * 1000) / 1000);

const signs = [
  [/\{([^}]*)\}/g, "$1"],
  [/\[([^\]]*)\]/g, "$1"],
  ["Cel", "°C"],
  [/m2\b/g, "m²"],
  [/m3\b/g, "m³"],
];

/** A unit of UCUM as people read it: annotations lose their braces, powers are raised. */
export const unit = (code) =>
  signs.reduce((text, [sign, shown]) => text.replace(sign, shown), code ?? "");

/** A value with its unit, a thin space between. */
export const measure = (value, code) =>
  code ? `${number(value)}\u2009${unit(code)}` : number(value);

/** Any field of a reading. */
export const shown = (value) => (typeof value === "number" ? number(value) : String(value));
