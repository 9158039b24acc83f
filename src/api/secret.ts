// Secrets that we make: 256 random bits, so a plain hash keeps them and a look-up by hash needs no timing guard.

import { createHash, randomBytes } from "node:crypto";

/** A new API token, shown to its owner once. */
export const newToken = (): string => `cb_${randomBytes(32).toString("base64url")}`;

/** A new session id. */
export const newSession = (): string => randomBytes(32).toString("base64url");

/** What is stored of a token: SHA-256, base64url. */
export const hashOf = (secret: string): string =>
  createHash("sha256").update(secret).digest("base64url");
