// One sensor's readings of the last hours with the bounds they are held against, live.

import * as api from "./api.js";
import { draw } from "./chart.js";
import { byId, element, fill, setText } from "./element.js";
import { clock, number, unit } from "./format.js";
import { say } from "./messages.js";
import { table } from "./why-parts.js";

const SPAN_MS = 3 * 3_600_000;
const MOST_POINTS = 2_000;
const BUCKETS = 360;
const TABLE_ROWS = 12;
const SUGGESTED = 20;

export class Plot {
  #now;
  #followed;
  #title = element("h2", { id: "plot-title" });
  #suggested = element("datalist", { id: "sensors" });
  #input = element("input", {
    id: "sensor",
    list: "sensors",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 64,
    oninput: () => this.#suggest(),
    onchange: () => this.choose(this.#input.value.trim()),
  });
  #select = element("select", { id: "field", onchange: () => this.#read() });
  #tabled = element("button", {
    type: "button",
    "aria-pressed": "false",
    onclick: () => this.#toggle(),
  });
  #labels = [element("span"), element("span")];
  #chart = element("div", { class: "chart", role: "img" });
  #rows = element("div", {
    class: "scroll chart-table",
    tabindex: "0",
    role: "group",
    "aria-labelledby": "plot-title",
    hidden: true,
  });
  #note = element("p", { class: "empty" });
  #sensor = null;
  #points = [];
  #drawing = null;

  /** `followed(id)` is called when a sensor is chosen: the stream is to bring its readings. */
  constructor({ now, followed }) {
    this.#now = now;
    this.#followed = followed;
    fill(
      byId("plot"),
      element(
        "div",
        { class: "head" },
        this.#title,
        element("label", {}, this.#labels[0], this.#input, this.#suggested),
        element("label", {}, this.#labels[1], this.#select),
        this.#tabled,
      ),
      this.#note,
      this.#chart,
      this.#rows,
    );
    new ResizeObserver(() => this.#drawing?.resize()).observe(this.#chart);
    this.rewrite();
  }

  /** Shows a sensor. */
  async choose(id) {
    if (id === "" || id === this.#sensor?.id) return;
    try {
      this.#take(await api.get(`/sensors/${encodeURIComponent(id)}`));
      this.#followed(id);
      await this.#read();
    } catch (error) {
      this.#quiet(error.message);
    }
    this.rewrite();
  }

  /** Readings that came in just now. A gap in them is filled by reading again. */
  readings({ sensorId, points, gap }) {
    if (sensorId !== this.#sensor?.id) return;
    if (gap) this.#read();
    const field = this.#select.value;
    const fresh = points.filter(({ values }) => typeof values[field] === "number");
    if (fresh.length === 0) return;
    const since = this.#now() - SPAN_MS;
    this.#points = [...this.#points, ...fresh.map(({ at, values }) => [at, values[field]])]
      .filter(([at]) => at >= since)
      .sort(([a], [b]) => a - b)
      .slice(-MOST_POINTS);
    this.#show();
  }

  /** In another language the fields have other names. */
  async translate() {
    this.rewrite();
    if (!this.#sensor) return;
    const field = this.#select.value;
    try {
      this.#take(await api.get(`/sensors/${encodeURIComponent(this.#sensor.id)}`));
      this.#select.value = field;
    } catch (error) {
      this.#quiet(error.message);
    }
    this.rewrite();
  }

  /** Writes all texts anew, and draws in the colours of the theme. */
  rewrite() {
    const place = this.#sensor?.siteName ?? "";
    fill(this.#title, say("plot"), element("small", {}, place));
    setText(this.#labels[0], say("plot.sensor"));
    setText(this.#labels[1], say("plot.field"));
    setText(this.#tabled, say("plot.table"));
    if (!this.#sensor) this.#quiet(say("plot.none"));
    else if (this.#points.length > 0) this.#show();
  }

  #take(sensor) {
    this.#sensor = sensor;
    this.#input.value = sensor.id;
    const numeric = sensor.fields.filter(({ type }) => type === "number");
    fill(
      this.#select,
      numeric.map(({ name, label }) => element("option", { value: name }, label)),
    );
    const bounded = sensor.thresholds[0]?.field;
    if (numeric.some(({ name }) => name === bounded)) this.#select.value = bounded;
  }

  async #suggest() {
    const query = this.#input.value.trim();
    if (query === "") return;
    const nothing = { items: [] };
    const found = await api.get("/sensors", { query, limit: SUGGESTED }).catch(() => nothing);
    fill(
      this.#suggested,
      found.items.map(({ id, siteName }) => element("option", { value: id }, siteName)),
    );
  }

  async #read() {
    if (!this.#sensor) return;
    const asked = { sensor: this.#sensor.id, field: this.#select.value || undefined };
    const from = Math.floor(this.#now() - SPAN_MS);
    try {
      const told = await api.get("/readings", { ...asked, from, points: BUCKETS });
      if (told.sensorId !== this.#sensor.id) return;
      if (told.masked) return this.#quiet(say("plot.masked"));
      this.#points = told.buckets.map(({ at, last }) => [at, last]);
      this.#show();
    } catch (error) {
      this.#quiet(error.message);
    }
  }

  /** Says in words why there is no plot. */
  #quiet(text) {
    this.#points = [];
    setText(this.#note, text);
    this.#note.hidden = false;
    this.#chart.hidden = true;
    this.#rows.hidden = true;
  }

  #show() {
    if (this.#points.length === 0) return this.#quiet(say("plot.empty"));
    const asTable = this.#tabled.getAttribute("aria-pressed") === "true";
    this.#note.hidden = true;
    this.#chart.hidden = asTable;
    this.#rows.hidden = !asTable;
    const field = this.#select.value;
    const bounds = this.#sensor.thresholds.filter((bound) => bound.field === field);
    this.#chart.setAttribute("aria-label", this.#words(bounds));
    if (asTable) return this.#list();
    const to = this.#now();
    const key = `${this.#sensor.id} ${field}`;
    const shown = { key, points: this.#points, bounds, from: to - SPAN_MS, to };
    this.#drawing = draw(this.#chart, this.#drawing, shown);
  }

  #words(bounds) {
    const values = this.#points.map(([, value]) => value);
    const told = this.#sensor.fields.find(({ name }) => name === this.#select.value);
    const bound = ({ level, bound }) => say("plot.bound", { level: say(`level.${level}`), bound });
    return say("plot.words", {
      sensor: this.#sensor.id,
      label: told?.label ?? "",
      min: number(Math.min(...values)),
      max: number(Math.max(...values)),
      last: number(values.at(-1)),
      unit: unit(told?.unit),
      bounds: bounds.map(bound).join(""),
    });
  }

  #list() {
    const told = this.#sensor.fields.find(({ name }) => name === this.#select.value);
    const rows = this.#points
      .slice(-TABLE_ROWS)
      .reverse()
      .map(([at, value]) => [clock(at), `${number(value)} ${unit(told?.unit)}`]);
    fill(this.#rows, table(["col.time", "col.values"], rows));
  }

  #toggle() {
    const pressed = this.#tabled.getAttribute("aria-pressed") === "true";
    this.#tabled.setAttribute("aria-pressed", String(!pressed));
    if (this.#points.length > 0) this.#show();
  }
}
