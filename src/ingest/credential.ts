// Secrets of sensors and gateways: 256 random bits each, kept only as a keyed hash, so that a stolen register opens nothing.

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Instant } from "../core/time.ts";

/** What the register keeps of a secret; during rotation the old one is good until its time. */
export type Credential = { hash: string; previous?: { hash: string; until: Instant } };

/** The key under which secrets are hashed. Lives in the data folder, never in the register. */
export type CredentialKey = Buffer;

const KEY_BYTES = 32;

/** A new secret: 43 characters of base64url, to be shown once and stored by the sensor. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** What to keep of a secret in the register. */
export const hashSecret = (key: CredentialKey, secret: string | Uint8Array): string =>
  createHmac("sha256", key).update(secret).digest("base64url");

/**
 * True when `secret` is the credential's, or its previous one and `now` is before that one's end. Takes the same time
 * whether the credential exists or not, so that ids cannot be found out by waiting.
 */
export function secretFits(
  key: CredentialKey,
  credential: Credential | undefined,
  secret: string | Uint8Array,
  now: Instant,
): boolean {
  const given = createHmac("sha256", key).update(secret).digest();
  const current = sameHash(given, credential?.hash);
  const previous = sameHash(given, credential?.previous?.hash);
  return current || (previous && now < (credential?.previous?.until ?? 0));
}

function sameHash(given: Buffer, kept: string | undefined): boolean {
  const hash = Buffer.from(kept ?? "", "base64url");
  const fits = hash.length === given.length;
  return timingSafeEqual(given, fits ? hash : Buffer.alloc(given.length)) && fits;
}

/**
 * The data folder's key, `keys/credential.key`: made on first use, readable by its owner only. Throws when the file is
 * not a key or others may read it: with another key no sensor could log in, so none is made in its place.
 */
export function credentialKey(dataFolder: string): CredentialKey {
  const folder = join(dataFolder, "keys");
  const path = join(folder, "credential.key");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  createKey(path);
  const key = readFileSync(path);
  if (key.length !== KEY_BYTES) {
    throw new Error(
      `${path} has ${key.length} bytes instead of ${KEY_BYTES}: restore it from the backup of this data folder`,
    );
  }
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0) {
    throw new Error(`${path} can be read by other users: run chmod 600 ${path}`);
  }
  return key;
}

/** Writes the key beside its place and links it there, so that it is never seen half written nor written twice. */
function createKey(path: string): void {
  if (existsSync(path)) return;
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  const file = openSync(draft, "wx", 0o600);
  try {
    writeSync(file, randomBytes(KEY_BYTES));
    fsyncSync(file);
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    closeSync(file);
    unlinkSync(draft);
  }
}
