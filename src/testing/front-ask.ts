// Asks a front over a real socket, as a program would.

import { type FrontOptions, openFront } from "../api/server.ts";
import type { TestFront } from "./front.ts";

export type Answer = {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: any JSON may come; a test looks into it and fails where it is other.
  body: any;
};

export type Asking = {
  token?: string | undefined;
  /** A text is sent as it is, anything else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
};

/** `ask("GET /alerts?limit=1", { token })`; paths are under /api/v1 unless they begin with //. A stream is hung up on. */
export type Ask = (what: string, asking?: Asking) => Promise<Answer>;

/** Opens a front on a free port of loopback. */
export async function openAsked(front: TestFront, options: Partial<FrontOptions> = {}) {
  const opened = await openFront(front, { host: "127.0.0.1", port: 0, ...options });
  const ask: Ask = async (what, { token, body, headers = {} } = {}) => {
    const [method = "GET", path = "/"] = what.split(" ");
    const url = opened.address + (path.startsWith("//") ? path.slice(1) : `/api/v1${path}`);
    const sent = typeof body === "string" ? body : JSON.stringify(body);
    const answer = await fetch(url, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: sent }),
    });
    const { status } = answer;
    const type = answer.headers.get("content-type") ?? "";
    if (type.startsWith("text/event-stream")) {
      await answer.body?.cancel();
      return { status, headers: answer.headers, text: "", body: undefined };
    }
    const text = await answer.text();
    const told = type.includes("json") ? JSON.parse(text) : undefined;
    return { status, headers: answer.headers, text, body: told };
  };
  return { ...opened, ask };
}
