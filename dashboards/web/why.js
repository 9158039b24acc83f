// Why an alert fired. The parts are in why-parts.js.

import * as api from "./api.js";
import { byId, element, fill } from "./element.js";
import { say } from "./messages.js";
import { evidence, headline, log, rule, sources, thresholds } from "./why-parts.js";

export class Why {
  #now;
  #actions;
  #known;
  #title = element("h2", { id: "why-title" });
  #scroll = element("div", {
    class: "scroll",
    tabindex: "0",
    role: "group",
    "aria-labelledby": "why-title",
  });
  #buttons = element("div", { class: "actions" });
  #asked = null;
  #alert = null;

  /** `actions(alert)` gives the buttons for an alert; `known(alert)` is called when another one has been read. */
  constructor({ now, actions, known }) {
    this.#now = now;
    this.#actions = actions;
    this.#known = known;
    const head = element("div", { class: "head" }, this.#title);
    fill(byId("why"), head, this.#scroll, this.#buttons);
    this.#empty();
  }

  /** The alert that is shown, once it has been read. */
  get alert() {
    return this.#alert;
  }

  /** Shows an alert; null: none. */
  show(id) {
    const other = id !== this.#asked;
    this.#asked = id;
    if (other) this.#empty();
    if (id !== null) this.#read(id);
  }

  /** Reads the shown alert again when a newer version of it is known. */
  heard(alert) {
    if (alert && alert.id === this.#alert?.id && alert.version > this.#alert.version)
      this.#read(alert.id);
  }

  /** Buttons may or may not be used now: made anew. */
  actions() {
    fill(this.#buttons, this.#alert ? this.#actions(this.#alert) : []);
  }

  /** Writes all texts anew, in another language. */
  rewrite() {
    this.#empty();
    if (this.#asked !== null) this.#read(this.#asked);
  }

  #empty() {
    this.#alert = null;
    fill(this.#title, say("why"));
    const text = say(this.#asked === null ? "why.none" : "why.loading");
    fill(this.#scroll, element("p", { class: "empty" }, text));
    fill(this.#buttons);
  }

  async #read(id) {
    try {
      const alert = await api.get(`/alerts/${encodeURIComponent(id)}`);
      if (this.#asked === id) this.#write(alert);
    } catch (error) {
      if (this.#asked === id) this.#fail(error, id);
    }
  }

  #fail(error, id) {
    this.#alert = null;
    const again = element("button", { type: "button", onclick: () => this.#read(id) });
    again.append(say("do.retry"));
    fill(this.#scroll, element("p", { class: "wrong", role: "alert" }, error.message), again);
    fill(this.#buttons);
  }

  #write(alert) {
    if (alert.id !== this.#alert?.id) this.#known(alert);
    this.#alert = alert;
    const now = this.#now();
    fill(this.#title, alert.title);
    fill(
      this.#scroll,
      headline(alert, now),
      rule(alert),
      evidence(alert),
      thresholds(alert),
      sources(alert),
      log(alert, now),
    );
    this.actions();
  }
}
