// A level as colour, shape and digit: whoever sees no colour sees the other two, whoever sees nothing hears the word.

import { drawing } from "./element.js";
import { say } from "./messages.js";

export const levels = ["red", "orange", "yellow", "blue"];

const outlines = {
  red: "7.8,2 16.2,2 22,7.8 22,16.2 16.2,22 7.8,22 2,16.2 2,7.8",
  orange: "12,1.2 22.8,12 12,22.8 1.2,12",
  yellow: "12,1.5 22.8,20.5 1.2,20.5",
};

/** The badge of a level; dashed when shelved. `decorative`: the word stands beside it. */
export function shape(level, { shelved = false, decorative = false } = {}) {
  const digit = levels.indexOf(level) + 1;
  const outline =
    level === "blue"
      ? drawing("circle", { cx: 12, cy: 12, r: 10 })
      : drawing("polygon", { points: outlines[level] });
  const text = drawing(
    "text",
    { x: 12, y: level === "yellow" ? 18 : 16.4, "text-anchor": "middle", "aria-hidden": "true" },
    String(digit),
  );
  const named = decorative
    ? { "aria-hidden": "true" }
    : { role: "img", "aria-label": say(`level.${level}`) };
  const look = `shape ${level}${shelved ? " shelved" : ""}`;
  return drawing("svg", { viewBox: "0 0 24 24", class: look, ...named }, outline, text);
}
