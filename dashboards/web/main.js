// The page: joins the stream, the panels and the keys.

import { AlertList } from "./alert-list.js";
import * as api from "./api.js";
import { CaseList } from "./case-list.js";
import { alertSteps, openCommands } from "./commands.js";
import { byId, element, setText } from "./element.js";
import { openHeader } from "./header.js";
import { openLive } from "./live.js";
import { firstLanguage, say, speak, speaks } from "./messages.js";
import { Plot } from "./plot.js";
import { signIn } from "./sign-in.js";
import { openState } from "./state.js";
import { Why } from "./why.js";

const TICK_MS = 500;
const REST_MS = 150;
const TOAST_MS = 8_000;
const SAY_EVERY_MS = 5_000;

/** What was chosen last time; a browser that keeps nothing is asked nothing. */
const kept = {
  get: (name) => {
    try {
      return localStorage.getItem(`brain.${name}`);
    } catch {
      return null;
    }
  },
  set: (name, value) => {
    try {
      localStorage.setItem(`brain.${name}`, value);
    } catch {
      // Private windows keep nothing; the choice holds until the page is closed.
    }
  },
};

const query = new URLSearchParams(location.search);
const lightAsked = matchMedia("(prefers-color-scheme: light)").matches;
speakAs(firstLanguage(query.get("lang") ?? kept.get("language"), navigator.language));
dress(query.get("theme") ?? kept.get("theme") ?? (lightAsked ? "light" : "dark"));

function speakAs(language) {
  speak(language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}
function dress(theme) {
  document.documentElement.dataset.theme = theme === "light" ? "light" : "dark";
}

let who = null;
let saidAt = Number.NEGATIVE_INFINITY;
let wasLate = false;
let toasting = null;
let choosing = null;

const store = openState(changed);
const live = openLive(told);
const now = () => live.now();
const commands = openCommands({
  live,
  may: (permission) => who?.permissions.includes(permission) ?? false,
  told: toast,
});
const header = openHeader({ live, state: store.state, tools });
const why = new Why({ now, actions, known: plotted });
const plot = new Plot({ now, followed: (id) => live.follow(id) });
const alerts = new AlertList({ state: store.state, now, chosen });
const cases = new CaseList({
  state: store.state,
  now,
  button: (one, step) => commands.button("cases", one, step),
});

function actions(alert) {
  return alertSteps(alert).map(([step, key], place) =>
    commands.button("alerts", alert, step, {
      key,
      first: place === 0,
    }),
  );
}

/** Every frame of the stream. */
function told(kind, body) {
  if (kind === "snapshot") store.snapshot(body);
  if (kind === "change") store.change(body);
  if (kind === "readings") plot.readings(body);
  if (kind === "refused") refused();
  tick();
}

/** The stream was refused: signed out, too many pages, or a server that is not there yet. */
async function refused() {
  try {
    who = await api.get("/session");
    live.refuse("streams.many");
  } catch (error) {
    if (error.status === 401) location.reload();
  }
}

function changed(news) {
  alerts.show(news);
  cases.show();
  header.counts();
  why.heard(store.state.alerts.get(alerts.selected) ?? gone(why.alert));
  announce(news);
}

/** A shown alert that is not open any more has ended: it is read once more. */
const gone = (alert) =>
  alert && alert.phase !== "resolved" && !store.state.alerts.has(alert.id)
    ? { id: alert.id, version: Number.POSITIVE_INFINITY }
    : null;

/** New alerts are said aloud: the worst level at once, the others not too often. */
function announce(news) {
  const worst = news.find(({ level }) => level === "red");
  const one = worst ?? news[0];
  if (!one) return;
  if (!worst && performance.now() - saidAt < SAY_EVERY_MS) return;
  saidAt = performance.now();
  const words = { title: one.title, site: one.siteName, level: say(`level.${one.level}`) };
  setText(byId(worst ? "assertive" : "polite"), say("alerts.heard", words));
}

/** Asked for when the choice rests: whoever runs through the list asks for one, not for all. */
function chosen(id) {
  clearTimeout(choosing);
  choosing = setTimeout(() => why.show(id), REST_MS);
}

/** The plot shows the alert's sensor; of an alert on a whole site, the sensor that it was seen by. */
function plotted(alert) {
  const told = alert.log.findLast(({ evidence }) => evidence !== null)?.evidence;
  const sensor = alert.sensorId ?? told?.witnesses.first[0]?.sensorId;
  if (sensor) plot.choose(sensor);
}

function tools() {
  const theme = document.documentElement.dataset.theme;
  const other = theme === "dark" ? "light" : "dark";
  return [
    element(
      "button",
      { type: "button", id: "theme", onclick: () => turn(other) },
      say(`theme.${other}`),
    ),
    element(
      "button",
      {
        type: "button",
        id: "language",
        lang: speaks() === "zh" ? "en" : "zh-CN",
        onclick: translate,
      },
      say("other"),
    ),
    element("a", { href: "/api/docs/" }, say("docs")),
  ];
}

function turn(theme) {
  kept.set("theme", theme);
  dress(theme);
  header.rewrite();
  plot.rewrite();
}

function translate() {
  const next = speaks() === "zh" ? "en" : "zh";
  kept.set("language", next);
  speakAs(next);
  rewrite();
  live.restart();
}

function rewrite() {
  header.rewrite();
  alerts.rewrite();
  cases.rewrite();
  why.rewrite();
  plot.translate();
}

function toast(text, wrong) {
  const place = byId("toast");
  place.setAttribute("role", wrong ? "alert" : "status");
  setText(place, text);
  place.hidden = false;
  clearTimeout(toasting);
  toasting = setTimeout(() => {
    place.hidden = true;
  }, TOAST_MS);
}

/** What runs by itself: ages, the clock, and whether the stream is late. */
function tick() {
  header.tick();
  alerts.tick();
  cases.tick();
  alerts.quiet(header.link());
  if (live.late() === wasLate) return;
  wasLate = live.late();
  why.actions();
  cases.actions();
}

const keys = {
  j: () => alerts.move(1),
  ArrowDown: () => alerts.move(1),
  k: () => alerts.move(-1),
  ArrowUp: () => alerts.move(-1),
  a: () => step("acknowledge"),
  s: () => step("shelve"),
  c: () => step("open-case"),
  Enter: () => byId("why").focus(),
  Escape: () => alerts.focus(),
  "/": () => byId("sensor").focus(),
};

function step(name) {
  const alert = store.state.alerts.get(alerts.selected);
  if (alert && alertSteps(alert).some(([step]) => step === name))
    commands.run("alerts", alert, name);
}

/** Keys act where nobody is writing and no button has the focus for its own. */
function pressed(event) {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (target.closest("input, textarea, select, dialog")) return;
  const scrolls = key.startsWith("Arrow") || key === "Enter";
  const inList = target.closest("[role=listbox]") !== null || target === document.body;
  if ((scrolls && !inList) || !Object.hasOwn(keys, key)) return;
  event.preventDefault();
  keys[key]();
}

async function start() {
  header.rewrite();
  try {
    who = await api.get("/session");
  } catch (error) {
    if (error.status === 401) who = await signedIn();
  }
  document.addEventListener("keydown", pressed);
  setInterval(tick, TICK_MS);
  document.body.classList.remove("waiting");
  changed([]);
  live.start();
}

/** Asks for a token in place of the panels; the page begins anew when it is good. */
async function signedIn() {
  await signIn(document.querySelector("main"));
  location.reload();
  return new Promise(() => {});
}

start();
