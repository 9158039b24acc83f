// What a person may do to an alert or a case, from the button to the answer.

import * as api from "./api.js";
import { ask } from "./ask.js";
import { element } from "./element.js";
import { say } from "./messages.js";

const reason = (must) => ({ name: "reason", label: say("ask.reason"), kind: "words", must });
const note = (must) => ({ name: "note", label: say("ask.note"), kind: "words", must });
const pick = (name, label, options) => ({
  name,
  label: say(label),
  kind: "pick",
  must: true,
  options,
});
const kept = (fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));

const spans = () => ["15", "60", "240", "1440"].map((value) => [value, say(`pick.${value}`)]);
const verdicts = () =>
  ["true", "false", "duplicate", "no-action"].map((value) => [value, say(`verdict.${value}`)]);

/** Step → what is asked of the person, what is sent. A step that asks nothing is done at once. */
const forms = {
  shelve: async () => {
    const got = await ask(say("do.shelve"), [
      pick("minutes", "ask.minutes", spans()),
      reason(true),
    ]);
    return got && { minutes: Number(got.minutes), reason: got.reason };
  },
  "open-case": async () => {
    const got = await ask(say("do.open-case"), [note(false)]);
    return got && kept(got);
  },
  dispatch: () => dispatch("do.dispatch"),
  redispatch: () => dispatch("do.redispatch"),
  handle: () => ask(say("do.handle"), [note(true)]),
  check: async () => {
    const results = [
      ["passed", say("pick.passed")],
      ["rework", say("pick.rework")],
    ];
    const got = await ask(say("do.check"), [pick("passed", "ask.passed", results), note(true)]);
    return got && { passed: got.passed === "passed", note: got.note };
  },
  close: () => ask(say("do.close"), [pick("verdict", "ask.verdict", verdicts()), note(true)]),
};

async function dispatch(title) {
  const { items } = await api.get("/units");
  const units = items.map(({ id, name }) => [id, name]);
  const got = await ask(say(title), [pick("unitId", "ask.unit", units), note(false)]);
  return got && kept(got);
}

/** `told(text, wrong)` says how it went. Steps on alerts carry the version that was seen, unless they only add. */
export function openCommands({ may, live, told }) {
  const keys = new Map();

  async function run(kind, one, step) {
    const refusal = whyNot(kind, live, may);
    if (refusal) return told(refusal, true);
    const name = step === "redispatch" ? "dispatch" : step;
    try {
      const asked = forms[step] ? await forms[step]() : {};
      if (asked === null) return;
      const body = step === "open-case" ? asked : { ...asked, version: one.version };
      const path = `/${kind}/${encodeURIComponent(one.id)}/${name}`;
      await send(path, body);
      told(say("done", { what: say(`do.${step}`) }), false);
    } catch (error) {
      told(error.message, true);
    }
  }

  /** A command that got no answer is sent again under the same key, so that it is done once. */
  async function send(path, body) {
    const mark = path + JSON.stringify(body);
    const key = keys.get(mark) ?? api.newKey();
    keys.set(mark, key);
    try {
      await api.command(path, body, key);
      keys.delete(mark);
    } catch (error) {
      if (error.status !== 0 && error.code !== "timeout") keys.delete(mark);
      throw error;
    }
  }

  /** A button of a step; disabled with its reason where it may not be used. */
  function button(kind, one, step, { key, first = false } = {}) {
    const refusal = whyNot(kind, live, may);
    return element(
      "button",
      {
        type: "button",
        class: first ? "first" : undefined,
        disabled: refusal !== null,
        title: refusal,
        onclick: () => run(kind, one, step),
      },
      say(`do.${step}`),
      key ? element("kbd", { "aria-hidden": "true" }, key) : null,
    );
  }

  return { run, button };
}

function whyNot(kind, live, may) {
  if (live.late()) return say("not.live");
  return may(`${kind}.command`) ? null : say("not.may");
}

/** The steps that make sense for an alert as it stands. */
export function alertSteps(alert) {
  if (alert.phase === "resolved") return [];
  const steps = [];
  if (!alert.acked) steps.push(["acknowledge", "A"]);
  if (alert.phase === "latched") steps.push(["reset", null]);
  if (alert.shelved) steps.push(["unshelve", null]);
  else if (!alert.lifeSafety) steps.push(["shelve", "S"]);
  if (!alert.caseId) steps.push(["open-case", "C"]);
  return steps;
}
