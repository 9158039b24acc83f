// The parts of the reason: the rule in words, what to do, the readings, the bounds, where they come from, what happened since.

import { stateOf } from "./alert-list.js";
import { element } from "./element.js";
import { age, clock, measure, shown, span, unit, when } from "./format.js";
import { hasText, say } from "./messages.js";
import { shape } from "./shape.js";

const heading = (key) => element("h3", {}, say(key));
const quiet = (text) => element("p", { class: "facts" }, text);

/** What, how bad, where, since when. */
export function headline(alert, now) {
  const from = when(alert.raisedAt, now);
  const since =
    alert.resolvedAt === null
      ? say("why.since", { time: from, age: age(now - alert.raisedAt) })
      : say("why.over", { from, to: when(alert.resolvedAt, now) });
  const known = alert.value === null ? null : measure(alert.value, alert.unit);
  const value = alert.masked ? say("masked") : known;
  const badge = shape(alert.level, { shelved: alert.shelved !== null, decorative: true });
  const words = [say(`level.${alert.level}`), value].filter(Boolean).join(" · ");
  const place = `${alert.siteName} · ${alert.sensorId ?? alert.siteId}`;
  return [
    element("p", { class: "line" }, badge, element("strong", {}, words), place),
    quiet([alert.scenarioName, say(`state.${stateOf(alert)}`), since].join(" · ")),
  ];
}

/** The rule in words, and what the operator does about it. */
export function rule({ ruleInWords }) {
  if (!ruleInWords) return [];
  const { hold, release, latch, asks, rationale } = ruleInWords;
  const longest = Math.max(0, ...(typeof hold === "number" ? [hold] : Object.values(hold)));
  const held = [
    say(longest > 0 ? "why.held" : "why.at-once", { hold: span(longest) }),
    say(release > 0 ? "why.released" : "why.released-at-once", { release: span(release) }),
    latch ? say("why.latched") : "",
  ].join("");
  const { act, within, otherwise } = rationale;
  return [
    heading("why.rule"),
    element("p", {}, asks),
    quiet(held),
    heading("why.act"),
    element("p", {}, say("why.within", { act, within: span(within) })),
    quiet(say("why.otherwise", { otherwise })),
  ];
}

/** The readings that the last transition rested on. */
export function evidence(alert) {
  if (alert.masked) return [heading("why.evidence"), quiet(say("masked"))];
  const told = alert.log.findLast((line) => line.evidence !== null)?.evidence;
  const { first = [], last = [], between = 0 } = told?.witnesses ?? {};
  if (first.length === 0) return [heading("why.evidence"), quiet(say("why.no-readings"))];
  const row = ({ at, sensorId, values, quality }) => [
    clock(at),
    sensorId,
    Object.entries(values)
      .map((entry) => inWords(entry, alert.fields))
      .join(" · "),
    say(`quality.${quality}`),
  ];
  const gap = between > 0 ? [["…", "", say("why.between", { count: between }), ""]] : [];
  const heads = ["col.time", "col.sensor", "col.values", "col.quality"];
  return [heading("why.evidence"), table(heads, [...first.map(row), ...gap, ...last.map(row)])];
}

/** A value with its name and unit. A value of another scenario's field goes by the field's own name. */
function inWords([name, value], fields) {
  const field = fields.find((one) => one.name === name);
  return `${field?.label ?? name} ${shown(value)}\u2009${unit(field?.unit)}`.trimEnd();
}

/** The bounds in force at the alert's site. */
export function thresholds({ thresholds: bounds, unit: code, fields }) {
  if (bounds.length === 0) return [];
  const rows = bounds.map(({ level, field, when: side, bound, clear }) => [
    element("span", {}, shape(level, { decorative: true }), say(`level.${level}`)),
    fields.find(({ name }) => name === field)?.label ?? field,
    say(`when.${side}`, { bound: `${bound}\u2009${unit(code)}` }),
    clear === undefined ? "" : `${clear}\u2009${unit(code)}`,
  ]);
  return [
    heading("why.thresholds"),
    table(["col.level", "col.field", "col.bound", "col.clear"], rows),
  ];
}

/** Where the rule's numbers come from. */
export function sources({ ruleInWords }) {
  if (!ruleInWords) return [];
  const words = (source) => {
    if (source.kind === "operator-default") return say("why.default");
    if (source.kind === "register") return say("why.register", { title: source.title });
    const parts = [source.title, source.edition, source.clause].filter(Boolean).join(" ");
    return parts + (source.unverified ? say("why.unverified") : "");
  };
  const items = ruleInWords.sources.map((source) => element("li", {}, words(source)));
  return [heading("why.sources"), element("ul", {}, items)];
}

/** All that happened to the alert, oldest first. */
export function log({ log: lines }, now) {
  const item = ({ at, kind, by, note, level }) => {
    const word = hasText(`log.${kind}`) ? say(`log.${kind}`) : kind;
    const who = by === "brain" ? say("brain") : by;
    const grown = kind === "escalated" ? say(`level.${level}`) : null;
    const time = element("time", { datetime: new Date(at).toISOString() }, when(at, now));
    return element("li", {}, time, [word, grown, who, note].filter(Boolean).join(" · "));
  };
  return [heading("why.log"), element("ol", { class: "log" }, lines.map(item))];
}

/** A table with its head; cells are texts or elements. */
export function table(heads, rows) {
  const head = heads.map((key) => element("th", { scope: "col" }, say(key)));
  const body = rows.map((cells) =>
    element(
      "tr",
      {},
      cells.map((cell) => element("td", {}, cell)),
    ),
  );
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, head)),
    element("tbody", {}, body),
  );
}
