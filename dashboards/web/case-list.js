// The open cases: where each stands, whose it is, how long is left, what the sensors say, and what may be done next.

import { byId, element, fill, setText } from "./element.js";
import { age, when } from "./format.js";
import { say } from "./messages.js";
import { shape } from "./shape.js";
import { byDue } from "./state.js";

const MOST_CARDS = 100;

/** What may be done to a case in each state, the usual next step first. */
const steps = {
  filed: ["dispatch"],
  dispatched: ["accept", "redispatch"],
  accepted: ["handle", "redispatch"],
  handled: ["check"],
  checked: ["close"],
};
const waits = new Set(["filed", "dispatched", "accepted"]);

export class CaseList {
  #state;
  #now;
  #button;
  #title = element("h2", { id: "cases-title" });
  #counts = element("small");
  #list = element("ul");
  #note = element("p", { class: "empty" });
  #more = element("p", { class: "more" });
  /** Case id → its card: the element, the case it was written from, and the parts that run by themselves. */
  #cards = new Map();

  /** `button(case, step)` makes the button of a step. */
  constructor({ state, now, button }) {
    this.#state = state;
    this.#now = now;
    this.#button = button;
    const named = { tabindex: "0", role: "group", "aria-labelledby": "cases-title" };
    const scroll = element(
      "div",
      { class: "scroll", ...named },
      this.#list,
      this.#note,
      this.#more,
    );
    fill(byId("cases"), element("div", { class: "head" }, this.#title), scroll);
  }

  show() {
    const { cases, counts, ready } = this.#state;
    const order = byDue(cases.values()).slice(0, MOST_CARDS);
    this.#place(order);
    fill(this.#title, say("cases"), " ", this.#counts);
    if (counts) {
      const told = { ...counts.cases, ready: counts.cases.readyToClose };
      setText(this.#counts, say("cases.counts", told));
    }
    this.#note.hidden = order.length > 0;
    setText(this.#note, say(ready ? "cases.none" : "why.loading"));
    const unlisted = Math.max(0, (counts?.cases.open ?? 0) - order.length);
    this.#more.hidden = unlisted === 0;
    setText(this.#more, say("cases.more", { count: unlisted }));
    this.tick();
  }

  /** Times run by themselves. */
  tick() {
    const now = this.#now();
    for (const [id, card] of this.#cards) {
      const one = this.#state.cases.get(id);
      if (!one) continue;
      setText(card.due, due(one, now));
      card.due.classList.toggle("over", isOver(one, now));
      setText(card.word, word(one, now));
    }
  }

  /** Buttons may or may not be used now: made anew. */
  actions() {
    for (const [id, card] of this.#cards) {
      const one = this.#state.cases.get(id);
      if (one) this.#buttons(card, one);
    }
  }

  /** Writes all texts anew, in another language. */
  rewrite() {
    for (const card of this.#cards.values()) card.one = null;
    this.show();
  }

  #place(order) {
    const kept = new Set(order.map(({ id }) => id));
    for (const [id, card] of this.#cards) {
      if (kept.has(id)) continue;
      card.node.remove();
      this.#cards.delete(id);
    }
    order.forEach((one, place) => {
      const card = this.#cards.get(one.id) ?? this.#make(one.id);
      if (card.one !== one) this.#write(card, one);
      const there = this.#list.children[place];
      if (there !== card.node) this.#list.insertBefore(card.node, there ?? null);
    });
  }

  #make(id) {
    const card = {
      one: null,
      node: element("li", { class: "case" }),
      due: element("dd"),
      word: element("dd"),
      buttons: element("div", { class: "actions" }),
    };
    this.#cards.set(id, card);
    return card;
  }

  #write(card, one) {
    card.one = one;
    const reworks = one.reworks > 0 ? say("case.reworks", { count: one.reworks }) : "";
    const unit = one.unitName ?? say("case.nobody", { role: one.unitRole });
    const term = (key, value) => [element("dt", {}, say(key)), value];
    fill(
      card.node,
      element("div", { class: "line" }, shape(one.level), element("h3", {}, one.title)),
      element("p", { class: "place" }, `${one.number} · ${one.siteName}`),
      element(
        "dl",
        { class: "facts" },
        term("case.state", element("dd", {}, say(`case.${one.state}`) + reworks)),
        term("case.unit", element("dd", {}, unit)),
        term("case.due", card.due),
        term("case.sensors", card.word),
      ),
      card.buttons,
    );
    this.#buttons(card, one);
  }

  #buttons(card, one) {
    const ready = one.readyToClose && one.state === "handled" ? ["close"] : [];
    const next = [...(steps[one.state] ?? []), ...ready];
    fill(
      card.buttons,
      next.map((step) => this.#button(one, step)),
    );
  }
}

const isOver = ({ dueAt, state }, now) => dueAt !== null && waits.has(state) && now > dueAt;

function due(one, now) {
  if (one.dueAt === null) return say("case.no-due");
  const time = when(one.dueAt, now);
  if (!waits.has(one.state)) return time;
  return isOver(one, now)
    ? say("case.over", { age: age(now - one.dueAt), time })
    : say("case.left", { age: age(one.dueAt - now), time });
}

function word({ sensorWord: { says, since }, readyToClose }, now) {
  return say(`says.${says}`, { age: age(now - since) }) + (readyToClose ? say("says.ready") : "");
}
