// Signs the browser in with a token, where the brain does not do so by itself.

import * as api from "./api.js";
import { element, fill } from "./element.js";
import { say } from "./messages.js";

/** Shows the form in `place` and resolves with who signed in. */
export function signIn(place) {
  return new Promise((resolve) => {
    const token = element("input", {
      type: "password",
      name: "token",
      required: true,
      autocomplete: "current-password",
    });
    const wrong = element("p", { class: "wrong", role: "alert", hidden: true });
    const form = element(
      "form",
      { class: "form sign-in" },
      element("h2", {}, say("sign-in")),
      element("label", {}, say("sign-in.token"), token),
      wrong,
      element("button", { type: "submit", class: "first" }, say("sign-in")),
      element("p", { class: "facts" }, say("sign-in.how")),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        const who = await api.post("/session", { token: token.value.trim() });
        resolve(who);
      } catch (error) {
        wrong.textContent = error.message;
        wrong.hidden = false;
        token.value = "";
        token.focus();
      }
    });
    fill(place, form);
    token.focus();
  });
}
