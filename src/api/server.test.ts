import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestFront, type TestFront } from "../testing/front.ts";
import { type Ask, openAsked } from "../testing/front-ask.ts";
import { openFront } from "./server.ts";

let front: TestFront;
let ask: Ask;
let address: string;
let close: () => Promise<void>;
let token: string;

beforeEach(async () => {
  front = await openTestFront({ gauges: 3 });
  ({ ask, address, close } = await openAsked(front));
  token = await front.token("operator", "wang");
});
afterEach(async () => {
  await close();
  await front.close();
});

test("a token is shown once, kept as a hash, and its holder is who does things", async () => {
  const admin = await front.token("admin");
  const made = await ask("POST /tokens", {
    token: admin,
    body: { name: "赵 敏", role: "operator" },
  });
  expect(made.status).toBe(201);
  expect(made.body.token).toMatch(/^cb_[A-Za-z0-9_-]{43}$/);
  const list = await ask("GET /tokens", { token: admin });
  expect(list.text).not.toContain(made.body.token);
  expect(list.text).not.toContain("hash");
  expect((await ask("GET /session", { token: made.body.token })).body.name).toBe("赵 敏");
  const twice = await ask("POST /tokens", {
    token: admin,
    body: { name: "赵 敏", role: "viewer" },
  });
  expect(twice.body.code).toBe("token-name-taken");
});

test("a token of yesterday is over", async () => {
  const [token] = [await front.token("viewer", "old")];
  const stored = (await front.tokens.tokens()).find(({ name }) => name === "old")!;
  await front.tokens.putToken({ ...stored, expiresAt: Date.now() - 1 });
  expect((await ask("GET /alerts", { token })).status).toBe(401);
});

test("nothing that is secret or a client's own reaches the log, and who changed what does", async () => {
  let lines = "";
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines += chunk;
      done();
    },
  });
  const logged = await openAsked(front, { log: pino({ level: "trace" }, sink) });
  const admin = await front.token("admin");
  const made = await logged.ask("POST /tokens", {
    token: admin,
    body: { name: "new", role: "viewer" },
  });
  await logged.ask(`POST /session`, { body: { token: made.body.token } });
  await logged.ask("POST /session", { body: { token: "cb_wrong-planted" } });
  await logged.ask("GET /alerts?cursor=planted-query", { token: admin });
  await logged.ask("POST /alerts/planted-id/comment", { token, body: { note: "planted-note" } });
  await logged.close();
  expect(lines).toContain('"route":"/api/v1/tokens"');
  expect(lines).toContain('"by":"wang"');
  for (const secret of [admin, token, made.body.token, "planted"])
    expect(lines).not.toContain(secret);
});

test("a demo beyond loopback is refused, with the remedy", async () => {
  const options = { host: "0.0.0.0", port: 0, signedInAs: "operator" as const };
  await expect(openFront(front, options)).rejects.toThrow("127.0.0.1");
});

test("every answer carries a strict policy and no hint of what serves it", async () => {
  const answer = await fetch(address);
  expect(answer.headers.get("content-security-policy")).toContain("script-src 'self'");
  expect(answer.headers.get("content-security-policy")).not.toContain("unsafe");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("x-powered-by")).toBeNull();
});

test("with a certificate it speaks TLS only, and its cookie never goes in the clear", async () => {
  const folder = mkdtempSync(join(tmpdir(), "brain-tls-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const made =
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost";
  execFileSync("openssl", [...made.split(" "), "-keyout", key, "-out", cert], { stdio: "ignore" });
  const tls = { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  const secure = await openFront(front, { host: "127.0.0.1", port: 0, tls, signedInAs: "viewer" });
  const cookie = await new Promise((resolve, reject) => {
    request(secure.address, { ca: tls.cert, servername: "localhost" }, (answer) => {
      resolve(String(answer.resume().headers["set-cookie"]));
    })
      .on("error", reject)
      .end();
  });
  expect(cookie).toMatch(/^__Host-brain-\d+=.*Secure/);
  await expect(fetch(secure.address.replace("https", "http"))).rejects.toThrow();
  await secure.close();
  rmSync(folder, { recursive: true });
});
