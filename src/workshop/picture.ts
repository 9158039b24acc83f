// One episode as a picture: what the sensor said, the bounds in force, and when the alert was
// raised, fired and ended. Plain SVG, in both languages, for a browser or a report.

import type { Grade } from "../core/level.ts";
import type { Threshold } from "../core/rule.ts";
import type { AnyScenario } from "../core/scenario.ts";
import type { Text } from "../core/text.ts";
import { type Duration, hours, type Instant, minutes } from "../core/time.ts";
import { instantText } from "../register/instants.ts";
import type { HistoryPoint } from "../store/history.ts";
import type { Outline } from "./compare.ts";

export type Episode = {
  scenario: AnyScenario;
  ours: Outline | null;
  live: Outline | null;
  /** The sensor whose readings are drawn, and these, from `from` to `to`. */
  sensorId: string;
  points: readonly HistoryPoint[];
  from: Instant;
  to: Instant;
};

/** So much is drawn before an alert was raised and after it ended. */
const BEFORE: Duration = hours(3);
const AFTER: Duration = hours(1);
const LONGEST: Duration = hours(72);
const [WIDTH, HEIGHT] = [960, 360];
const PLOT = { left: 64, right: 150, top: 56, bottom: 40 };
const colours: Readonly<Record<Grade, string>> = {
  blue: "#2563eb",
  yellow: "#b58900",
  orange: "#d9480f",
  red: "#c92a2a",
};

/** The span that shows an alert with its beginning and its end. */
export function spanOf(ours: Outline | null, live: Outline | null, to: Instant) {
  const both = [ours, live].filter((one) => one !== null);
  const from = Math.min(...both.map(({ raisedAt }) => raisedAt)) - BEFORE;
  const end = Math.max(...both.map(({ resolvedAt }) => resolvedAt ?? to)) + AFTER;
  return { from, to: Math.min(end, from + LONGEST) };
}

/** The field that is drawn: that of the first bound, else the first number of the reading. */
export function fieldOf(scenario: AnyScenario, thresholds: readonly Threshold[]): string | null {
  const [first] = thresholds;
  if (first) return first.field;
  const fields = Object.entries<{ type?: string }>(scenario.reading.properties);
  return fields.find(([, { type }]) => type === "number" || type === "integer")?.[0] ?? null;
}

/** The picture; of an alert without any number to draw, its instants alone. */
export function pictureOf(episode: Episode): string {
  const { scenario, ours, live, from, to } = episode;
  const thresholds = ((ours ?? live)!.thresholds ?? []) as unknown as readonly Threshold[];
  const field = fieldOf(scenario, thresholds);
  const bounds = thresholds.filter((one) => one.field === field);
  const points = episode.points.flatMap(({ at, values }) => {
    const value = field === null ? undefined : values[field];
    return typeof value === "number" ? [{ at, value }] : [];
  });
  const x = (at: Instant) =>
    round(PLOT.left + ((at - from) / (to - from)) * (WIDTH - PLOT.left - PLOT.right));
  const y = scaleOf([...points.map(({ value }) => value), ...bounds.map(({ bound }) => bound)]);
  const marks = [
    ...marksOf(ours, "本次 · trial", "").map((one) => markLine(one, x)),
    ...marksOf(live, "记录 · on record", "6 4").map((one) => markLine(one, x)),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    ...titleOf(episode, field),
    ...timesOf(from, to, x),
    ...[y.low, y.high].map((value) => text(PLOT.left - 6, y.of(value) + 4, shown(value), "end")),
    ...bounds.flatMap((one) => boundLines(one, y.of)),
    ...linesOf(points, scenario.every, x, y.of),
    ...marks.flat(),
    "</svg>",
    "",
  ].join("\n");
}

function titleOf({ scenario, ours, live, sensorId }: Episode, field: string | null): string[] {
  const alert = (ours ?? live)!;
  const labels: Readonly<Record<string, Text>> = scenario.labels;
  const label = field === null ? null : labels[field];
  const unit = field === null ? "" : (scenario.reading.properties[field]?.unit ?? "");
  const what = label ? `${label.zh} · ${label.en}${unit && unit !== "1" ? ` (${unit})` : ""}` : "";
  return [
    text(16, 22, `${scenario.name.zh} · ${scenario.name.en}: ${alert.rule}`, "start", 15),
    text(16, 42, `${alert.siteId} / ${sensorId}   ${what}`),
  ];
}

type Mark = { at: Instant; says: string; dash: string; colour: string; row: number };

function marksOf(alert: Outline | null, whose: string, dash: string): Mark[] {
  if (!alert) return [];
  const row = dash === "" ? 0 : 1;
  const colour = colours[alert.level];
  return [
    { at: alert.raisedAt, says: "", dash: dash || "1 3", colour, row },
    { at: alert.firedAt, says: `触发 · fired (${whose})`, dash, colour, row },
    ...(alert.resolvedAt === null
      ? []
      : [
          {
            at: alert.resolvedAt,
            says: `解除 · resolved (${whose})`,
            dash,
            colour: "#2b8a3e",
            row,
          },
        ]),
  ];
}

function markLine({ at, says, dash, colour, row }: Mark, x: (at: Instant) => number): string[] {
  const left = x(at);
  if (left < PLOT.left || left > WIDTH - PLOT.right) return [];
  return [
    line([left, PLOT.top, left, HEIGHT - PLOT.bottom], colour, dash),
    ...(says ? [text(left + 4, PLOT.top + 12 + 14 * row, says, "start", 11)] : []),
  ];
}

function boundLines(one: Threshold, y: (value: number) => number): string[] {
  const { level, bound, clear, when } = one;
  const right = WIDTH - PLOT.right;
  const at = (value: number, dash: string) =>
    line([PLOT.left, y(value), right, y(value)], colours[level], dash);
  const words = `${level} ${when === "below" ? "<" : "≥"} ${shown(bound)}`;
  return [
    at(bound, ""),
    text(right + 6, y(bound) + 4, words),
    ...(clear === undefined || clear === bound ? [] : [at(clear, "2 4")]),
  ];
}

/** Lines between readings, broken where the sensor was silent. */
function linesOf(
  points: readonly { at: Instant; value: number }[],
  every: Duration,
  x: (at: Instant) => number,
  y: (value: number) => number,
): string[] {
  const parts: string[][] = [];
  let before: Instant | null = null;
  for (const { at, value } of points) {
    if (before === null || at - before > 3 * every) parts.push([]);
    parts.at(-1)!.push(`${x(at)},${y(value)}`);
    before = at;
  }
  return parts.map((part) =>
    part.length === 1
      ? `<circle cx="${part[0]!.split(",")[0]}" cy="${part[0]!.split(",")[1]}" r="2"/>`
      : `<polyline points="${part.join(" ")}" fill="none" stroke="#343a40" stroke-width="1.5"/>`,
  );
}

function timesOf(from: Instant, to: Instant, x: (at: Instant) => number): string[] {
  const steps = [minutes(30), hours(1), hours(3), hours(6), hours(12)];
  const step = steps.find((one) => (to - from) / one <= 8) ?? hours(12);
  const out: string[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step)
    out.push(
      line([x(at), HEIGHT - PLOT.bottom, x(at), HEIGHT - PLOT.bottom + 5], "#868e96", ""),
      text(
        x(at),
        HEIGHT - PLOT.bottom + 18,
        instantText(at).slice(5, 16).replace("T", " "),
        "middle",
        11,
      ),
    );
  return out;
}

function scaleOf(values: readonly number[]) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const isFlat = !Number.isFinite(least) || least === most;
  const low = isFlat ? (Number.isFinite(least) ? least - 1 : 0) : least;
  const high = isFlat ? low + 2 : most;
  const room = HEIGHT - PLOT.top - PLOT.bottom;
  const of = (value: number) =>
    round(HEIGHT - PLOT.bottom - (0.04 + 0.92 * ((value - low) / (high - low))) * room);
  return { low, high, of };
}

const line = ([x1, y1, x2, y2]: [number, number, number, number], colour: string, dash: string) =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}"${dash ? ` stroke-dasharray="${dash}"` : ""}/>`;

const text = (x: number, y: number, says: string, anchor = "start", size = 12) =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="${size}">${escaped(says)}</text>`;

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escaped = (says: string): string => says.replace(/[&<>]/g, (letter) => escapes[letter]!);
const round = (n: number): number => Math.round(n * 10) / 10;
const shown = (value: number): string => String(Math.round(value * 1_000) / 1_000);
