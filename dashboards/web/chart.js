// Draws the plot: uPlot, the bounds as dashed lines in the colour of their level, named.

import uPlot from "/vendor/uplot/uPlot.esm.js";
import { hourMinute } from "./format.js";
import { say, speaks } from "./messages.js";

const ZONE = "Asia/Shanghai";
const SMALLEST = { width: 200, height: 100 };

const root = () => document.documentElement;
const remOf = () => Number.parseFloat(getComputedStyle(root()).fontSize);
const colour = (name) => getComputedStyle(root()).getPropertyValue(`--${name}`).trim();
const fontOf = (scale) =>
  `${Math.round(remOf() * 0.8 * scale)}px ${getComputedStyle(document.body).fontFamily}`;

/**
 * Draws points [time, value] in `place`. What was drawn before is drawn on, unless something but the points is other: then it is made
 * anew. Returns the drawing.
 */
export function draw(place, before, { key, points, bounds, from, to }) {
  const look = [key, speaks(), root().dataset.theme, remOf(), JSON.stringify(bounds)].join();
  const columns = [points.map(([at]) => at / 1000), points.map(([, value]) => value)];
  const shown = before?.look === look ? before : make(place, before, look, bounds);
  shown.span = [from / 1000, to / 1000];
  shown.plot.setData(columns);
  return shown;
}

function make(place, before, look, bounds) {
  before?.plot.destroy();
  const shown = { look, span: [0, 1], plot: null, resize: () => shown.plot.setSize(size(place)) };
  shown.plot = new uPlot(options(place, bounds, shown), [[], []], place);
  return shown;
}

const size = (place) => ({
  width: Math.max(SMALLEST.width, place.clientWidth - 4),
  height: Math.max(SMALLEST.height, place.clientHeight - 4),
});

function options(place, bounds, shown) {
  const rem = remOf();
  const axis = {
    stroke: () => colour("ink2"),
    grid: { stroke: () => colour("line"), width: 1 },
    ticks: { show: false },
    font: fontOf(1),
  };
  const times = (_plot, ticks) => ticks.map((seconds) => hourMinute(seconds * 1000));
  return {
    ...size(place),
    padding: [null, rem * 1.5, null, null],
    legend: { show: false },
    cursor: { y: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), ZONE),
    scales: {
      x: { range: () => shown.span },
      y: { range: (_plot, low, high) => reach(low, high, bounds) },
    },
    series: [{}, { stroke: () => colour("trace"), width: rem / 9 }],
    axes: [
      { ...axis, space: rem * 5, size: rem * 2, values: times },
      { ...axis, space: rem * 2, size: rem * 3 },
    ],
    hooks: { draw: [(plot) => drawBounds(plot, bounds)] },
  };
}

/** The readings and the bounds nearest to them are always in sight. */
function reach(low, high, bounds) {
  const [least, most] = [low ?? 0, high ?? 1];
  const all = bounds.map(({ bound }) => bound);
  const above = Math.min(...all.filter((bound) => bound >= most));
  const below = Math.max(...all.filter((bound) => bound <= least));
  const from = Number.isFinite(below) ? below : least;
  const to = Number.isFinite(above) ? above : most;
  const margin = (to - from || Math.abs(to) || 1) * 0.15;
  return [from - margin, to + margin];
}

function drawBounds(plot, bounds) {
  const { ctx } = plot;
  const { left, top, width, height } = plot.bbox;
  const scale = devicePixelRatio;
  const rem = remOf() * scale;
  ctx.save();
  ctx.font = fontOf(scale);
  ctx.textAlign = "left";
  ctx.textBaseline = "bottom";
  ctx.setLineDash([rem * 0.4, rem * 0.25]);
  ctx.lineWidth = rem / 8;
  for (const { level, bound } of bounds) {
    const y = plot.valToPos(bound, "y", true);
    if (y < top || y > top + height) continue;
    ctx.strokeStyle = colour(level);
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(left + width, y);
    ctx.stroke();
    ctx.fillStyle = colour("ink");
    ctx.fillText(`${say(`level.${level}`)} ${bound}`, left + rem * 0.4, y - rem * 0.15);
  }
  ctx.restore();
}
