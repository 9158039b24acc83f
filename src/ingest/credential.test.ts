import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { credentialKey, hashSecret, newSecret, secretFits } from "./credential.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "credential-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the key of a data folder", () => {
  test("is made once, and only its owner may read it", () => {
    const key = credentialKey(folder);
    expect(key).toHaveLength(32);
    expect(credentialKey(folder)).toEqual(key);
    expect(readdirSync(join(folder, "keys"))).toEqual(["credential.key"]);
    if (process.platform === "win32") return;
    expect(statSync(join(folder, "keys", "credential.key")).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "keys")).mode & 0o777).toBe(0o700);
  });

  test("is never made anew in the place of a damaged or an open one", () => {
    const path = join(folder, "keys", "credential.key");
    credentialKey(folder);
    truncateSync(path, 16);
    expect(() => credentialKey(folder)).toThrow(`${path} has 16 bytes instead of 32: restore it`);
    expect(readFileSync(path)).toHaveLength(16);
    rmSync(path);
    credentialKey(folder);
    if (process.platform === "win32") return;
    chmodSync(path, 0o644);
    expect(() => credentialKey(folder)).toThrow(`run chmod 600 ${path}`);
  });
});

describe("a secret", () => {
  test("is 256 random bits, and fits only under the key it was hashed with", () => {
    const [key, other] = [credentialKey(folder), credentialKey(mkdtempSync(join(folder, "x-")))];
    const secret = newSecret();
    expect(Buffer.from(secret, "base64url")).toHaveLength(32);
    expect(newSecret()).not.toBe(secret);
    const credential = { hash: hashSecret(key, secret) };
    expect(credential.hash).not.toContain(secret);
    expect(secretFits(key, credential, secret, 0)).toBe(true);
    expect(secretFits(key, credential, Buffer.from(secret), 0)).toBe(true);
    expect(secretFits(other, credential, secret, 0)).toBe(false);
    expect(secretFits(key, credential, `${secret}A`, 0)).toBe(false);
    expect(secretFits(key, credential, "", 0)).toBe(false);
  });

  test("of nobody, or a hash that is none, fits nothing", () => {
    const key = credentialKey(folder);
    expect(secretFits(key, undefined, "", 0)).toBe(false);
    expect(secretFits(key, { hash: "" }, "", 0)).toBe(false);
    expect(secretFits(key, { hash: "short" }, "short", 0)).toBe(false);
  });

  test("that was rotated out is good until its time and no longer", () => {
    const key = credentialKey(folder);
    const [old, now] = [newSecret(), newSecret()];
    const previous = { hash: hashSecret(key, old), until: 1_000 };
    const credential = { hash: hashSecret(key, now), previous };
    expect(secretFits(key, credential, old, 999)).toBe(true);
    expect(secretFits(key, credential, old, 1_000)).toBe(false);
    expect(secretFits(key, credential, now, 1_000)).toBe(true);
  });
});
