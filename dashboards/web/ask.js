// Asks a person for what a command needs, in a dialog of the browser's own.

import { element } from "./element.js";
import { say } from "./messages.js";

let serial = 0;

/**
 * Shows a form and resolves with what was entered, or null when it was left. A field is { name, label, kind: "words" | "pick",
 * options: [value, text][], must }.
 */
export function ask(title, fields) {
  const id = `ask-${++serial}`;
  const inputs = fields.map((field) => [field.name, input(field)]);
  const form = element(
    "form",
    { method: "dialog", class: "form" },
    element("h2", { id }, title),
    fields.map(({ label }, i) => element("label", {}, label, inputs[i][1])),
    element(
      "div",
      { class: "actions" },
      element("button", { type: "button", onclick: () => dialog.close() }, say("do.cancel")),
      element("button", { type: "submit", class: "first" }, say("do.send")),
    ),
  );
  const dialog = element("dialog", { "aria-labelledby": id }, form);
  document.body.append(dialog);
  return new Promise((resolve) => {
    let entered = null;
    form.addEventListener("submit", () => {
      entered = Object.fromEntries(inputs.map(([name, node]) => [name, node.value.trim()]));
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(entered);
    });
    dialog.showModal();
  });
}

function input({ name, kind, options = [], must = false }) {
  if (kind === "pick")
    return element(
      "select",
      { name, required: must },
      options.map(([value, text]) => element("option", { value }, text)),
    );
  return element("textarea", { name, required: must, maxlength: 2000, rows: 3 });
}
