// The list of open alerts. One line each, the worst unacknowledged on top; rows stay where they are while the pointer is on them.

import { byId, element, fill, setText } from "./element.js";
import { age, measure, when } from "./format.js";
import { say } from "./messages.js";
import { shape } from "./shape.js";
import { inOrder } from "./state.js";

const MOST_ROWS = 200;
const FRESH_MS = 5_000;
let rowsMade = 0;

export class AlertList {
  #state;
  #now;
  #chosen;
  #title = element("h2", { id: "alerts-title" });
  #counts = element("small");
  #chip = element("button", { type: "button", hidden: true, onclick: () => this.#letGo(true) });
  #list = element("ul", {
    class: "rows",
    role: "listbox",
    tabindex: "0",
    "aria-labelledby": "alerts-title",
    onpointerenter: () => {
      this.#held = true;
    },
    onpointerleave: () => this.#letGo(false),
  });
  #note = element("p", { class: "empty" });
  #more = element("p", { class: "more" });
  #keys = element("p", { class: "keys" });
  #scroll = element("div", { class: "scroll" }, this.#list, this.#note, this.#more);
  /** Alert id → its row: the element, the alert it was written from, and the age that runs in it. */
  #rows = new Map();
  #order = [];
  #selected = null;
  #held = false;

  /** `chosen(id)` is called when an alert is chosen, by pointer or key. */
  constructor({ state, now, chosen }) {
    this.#state = state;
    this.#now = now;
    this.#chosen = chosen;
    const head = element("div", { class: "head" }, this.#title, this.#chip);
    fill(byId("alerts"), head, this.#scroll, this.#keys);
  }

  get selected() {
    return this.#selected;
  }

  select(id) {
    this.#selected = id;
    for (const [of, { node }] of this.#rows) node.setAttribute("aria-selected", of === id);
    const node = this.#rows.get(id)?.node;
    this.#list.setAttribute("aria-activedescendant", node?.id ?? "");
    node?.scrollIntoView({ block: "nearest" });
    this.#chosen(id);
  }

  /** Chooses the next alert (1) or the one before (-1). */
  move(by) {
    if (this.#order.length === 0) return;
    const at = this.#order.indexOf(this.#selected);
    const next = at === -1 ? 0 : Math.min(this.#order.length - 1, Math.max(0, at + by));
    this.select(this.#order[next]);
  }

  focus() {
    this.#list.focus();
  }

  /** Shows the alerts as they are now; `news` are those that were not there before. */
  show(news) {
    const { alerts } = this.#state;
    const all = inOrder(alerts.values()).map(({ id }) => id);
    const known = new Set(this.#order);
    this.#order = this.#held ? this.#order.filter((id) => alerts.has(id)) : all.slice(0, MOST_ROWS);
    const waiting = this.#held ? all.filter((id) => !known.has(id)).length : 0;
    this.#chip.hidden = waiting === 0;
    setText(this.#chip, say("alerts.new", { count: waiting }));
    this.#place();
    for (const { id } of news) this.#blink(id);
    if (this.#selected === null && this.#order.length > 0) this.select(this.#order[0]);
    this.#frame(all.length);
    this.tick();
  }

  /** Ages grow by themselves. */
  tick() {
    const now = this.#now();
    for (const [id, row] of this.#rows) {
      const alert = this.#state.alerts.get(id);
      if (alert) setText(row.age, age(now - alert.firedAt));
    }
  }

  /** Says, where there are no alerts, that the brain is alive: `link` is how. */
  quiet(link) {
    const { ready, alerts, counts } = this.#state;
    if (!ready || alerts.size > 0) return;
    setText(this.#note, say("alerts.none", { sensors: counts?.sensors ?? 0, link }));
  }

  /** Writes all texts anew, in another language. */
  rewrite() {
    for (const row of this.#rows.values()) row.alert = null;
    this.show([]);
  }

  #letGo(toTop) {
    this.#held = false;
    this.show([]);
    if (toTop) this.#scroll.scrollTop = 0;
  }

  #place() {
    const kept = new Set(this.#order);
    for (const [id, row] of this.#rows) {
      if (kept.has(id)) continue;
      row.node.remove();
      this.#rows.delete(id);
    }
    this.#order.forEach((id, place) => {
      const alert = this.#state.alerts.get(id);
      const row = this.#rows.get(id) ?? this.#make(id);
      if (row.alert !== alert) this.#write(row, alert);
      row.node.setAttribute("aria-posinset", place + 1);
      row.node.setAttribute("aria-setsize", this.#order.length);
      const there = this.#list.children[place];
      if (there !== row.node) this.#list.insertBefore(row.node, there ?? null);
    });
  }

  #frame(total) {
    const { counts, ready } = this.#state;
    fill(this.#title, say("alerts"), " ", this.#counts);
    setText(this.#keys, say("alerts.keys"));
    if (counts) {
      const told = { ...counts.alerts, lately: counts.alerts.lastTenMinutes };
      setText(this.#counts, say("alerts.counts", told));
    }
    this.#list.hidden = total === 0;
    this.#note.hidden = total > 0;
    if (!ready) setText(this.#note, say("alerts.loading"));
    const unlisted = Math.max(0, (counts?.alerts.open ?? total) - this.#order.length);
    this.#more.hidden = total === 0 || unlisted === 0;
    setText(this.#more, say("alerts.more", { count: unlisted }));
  }

  #make(id) {
    const node = element("li", {
      class: "row",
      role: "option",
      id: `alert-${++rowsMade}`,
      "aria-selected": String(id === this.#selected),
      onclick: () => this.select(id),
    });
    const row = { node, alert: null, age: element("span") };
    this.#rows.set(id, row);
    return row;
  }

  #write(row, alert) {
    row.alert = alert;
    const quiet = alert.acked || alert.shelved || alert.suppressed;
    row.node.classList.toggle("unacked", !quiet);
    const value = alert.masked || alert.value === null ? "" : measure(alert.value, alert.unit);
    const place = `${alert.siteName} · ${alert.sensorId ?? alert.siteId}`;
    fill(
      row.node,
      shape(alert.level, { shelved: alert.shelved !== null }),
      element(
        "span",
        { class: "what" },
        element("span", { class: "title" }, alert.title),
        element("span", { class: "place" }, place),
      ),
      element("span", { class: "value" }, value),
      element("span", { class: "when" }, when(alert.firedAt, this.#now()), row.age),
      element("span", { class: "state" }, say(`state.${stateOf(alert)}`)),
    );
  }

  #blink(id) {
    const node = this.#rows.get(id)?.node;
    node?.classList.add("fresh");
    setTimeout(() => node?.classList.remove("fresh"), FRESH_MS);
  }
}

/** The one word for how an alert stands with people. */
export function stateOf(alert) {
  if (alert.phase === "resolved" || alert.phase === "latched") return alert.phase;
  if (alert.shelved) return "shelved";
  if (alert.suppressed) return "suppressed";
  if (alert.acked) return alert.phase === "clearing" ? "clearing" : "acked";
  return "new";
}
