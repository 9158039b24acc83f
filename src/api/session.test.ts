// The browser: how it comes to be somebody, and what other sites can't make it do.

import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { minutes } from "../core/time.ts";
import { openTestFront, type TestFront } from "../testing/front.ts";
import { type Ask, openAsked } from "../testing/front-ask.ts";

let front: TestFront;
let ask: Ask;
let address: string;
let close: () => Promise<void>;
let now = 1_800_000_000_000;

async function begin(options: Parameters<typeof openAsked>[1] = {}) {
  front = await openTestFront();
  ({ ask, address, close } = await openAsked(front, { now: () => now, ...options }));
}
afterEach(async () => {
  await close();
  await front.close();
});

const cookieOf = (headers: Headers) => headers.get("set-cookie")?.split(";")[0] ?? "";

describe("where a role is signed in by default", () => {
  beforeEach(() => begin({ signedInAs: "operator" }));
  const visit = async () => cookieOf((await fetch(address)).headers);

  test("opening the page gives a session that scripts can't read and other sites can't send", async () => {
    const { headers } = await fetch(address);
    expect(headers.get("set-cookie")).toMatch(
      /^brain-\d+=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const cookie = cookieOf(headers);
    const who = await ask("GET /session", { headers: { cookie } });
    expect(who.body).toMatchObject({ name: "demo-operator", role: "operator" });
    const again = await fetch(address, { headers: { cookie } });
    expect(again.headers.get("set-cookie")).toBeNull();
  });

  test("without the session nobody is somebody", async () => {
    expect((await ask("GET /alerts")).status).toBe(401);
    expect((await ask("GET /alerts", { headers: { cookie: "brain-1=x" } })).status).toBe(401);
  });

  test.each([
    ["no origin", undefined],
    ["another site", "https://evil.example"],
    ["another port of this machine", "http://127.0.0.1:1"],
    ["a file", "null"],
  ])("a change by session from %s is refused", async (_from, origin) => {
    const headers = { cookie: await visit(), ...(origin === undefined ? {} : { origin }) };
    const answer = await ask("POST /alerts/none/comment", { headers, body: { note: "x" } });
    expect([answer.status, answer.body.code]).toEqual([403, "origin-foreign"]);
  });

  test("a change by session from our own page is taken", async () => {
    const headers = { cookie: await visit(), origin: address };
    const answer = await ask("POST /alerts/none/comment", { headers, body: { note: "x" } });
    expect(answer.body.code).toBe("alert-not-found");
  });

  test("a name that another site has pointed at this machine is not answered", async () => {
    const { hostname, port } = new URL(address);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: "evil.example" };
      request({ host: hostname, port, headers }, (answer) => resolve(answer.resume().statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(403);
  });
});

describe("where nobody is", () => {
  beforeEach(() => begin());
  const signIn = async (token: string) =>
    cookieOf((await ask("POST /session", { body: { token } })).headers);

  test("opening the page gives no session; a token does, and it is not the token", async () => {
    expect((await fetch(address)).headers.get("set-cookie")).toBeNull();
    const token = await front.token("supervisor", "chen");
    const cookie = await signIn(token);
    expect(cookie).not.toContain(token);
    expect((await ask("GET /session", { headers: { cookie } })).body.name).toBe("chen");
    const wrong = await ask("POST /session", { body: { token: "cb_wrong" } });
    expect([wrong.status, wrong.headers.get("set-cookie")]).toEqual([401, null]);
  });

  test("another site can't sign a browser in as somebody else", async () => {
    const body = { token: await front.token("viewer") };
    const answer = await ask("POST /session", {
      body,
      headers: { origin: "https://evil.example" },
    });
    expect([answer.status, answer.headers.get("set-cookie")]).toEqual([403, null]);
  });

  test("a session ends with its token, by signing out, when idle, and after twelve hours at most", async () => {
    const status = async (cookie: string) =>
      (await ask("GET /session", { headers: { cookie } })).status;
    const [revoked, left] = [
      await signIn(await front.token("viewer", "a")),
      await signIn(await front.token("viewer", "b")),
    ];
    await front.tokens.revokeToken("t-a", now);
    now += 1_001;
    expect(await status(revoked)).toBe(401);
    await ask("DELETE /session", { headers: { cookie: left, origin: address } });
    expect(await status(left)).toBe(401);

    const idle = await signIn(await front.token("viewer", "c"));
    now += minutes(15);
    expect(await status(idle)).toBe(401);

    const busy = await signIn(await front.token("viewer", "d"));
    for (let passed = 0; passed < 12 * 6 - 1; passed++) {
      now += minutes(10);
      expect(await status(busy)).toBe(200);
    }
    now += minutes(10);
    expect(await status(busy)).toBe(401);
  });
});
