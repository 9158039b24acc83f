// Asks the server. A failure is an Error whose message is the server's own words.

import { say, speaks } from "./messages.js";

/** An answer that was no. `code` is the problem's, `status` HTTP's; 0: it did not arrive. */
export class Wrong extends Error {
  constructor(message, status, code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

async function ask(method, path, { query = {}, body, headers = {} } = {}) {
  const url = new URL(`/api/v1${path}`, location.origin);
  for (const [name, value] of Object.entries({ ...query, lang: speaks() }))
    if (value !== undefined) url.searchParams.set(name, String(value));
  const json = body === undefined ? {} : { "content-type": "application/json" };
  let answer;
  try {
    answer = await fetch(url, {
      method,
      headers: { ...json, ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "same-origin",
    });
  } catch {
    throw new Wrong(say("wrong.network"), 0, "network");
  }
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  const words = [told.title, told.detail].filter(Boolean).join("：");
  throw new Wrong(words || `HTTP ${answer.status}`, answer.status, told.code ?? "");
}

export const get = (path, query) => ask("GET", path, { query });
export const post = (path, body, headers) => ask("POST", path, { body, headers });
export const remove = (path) => ask("DELETE", path);

/** Sends a command under a key of its own; asked again with the same `key` it is done once. */
export const command = (path, body, key) => post(path, body, { "idempotency-key": key });

/** A key for a command that a person gives now. */
export const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
