import { hashOf } from "../api/secret.ts";
import type { Token, TokenStore } from "../store/records.ts";

/** The tokens, and one more that is good while this process runs: the command line's on this machine. It is never stored. */
export function withLocal<S extends TokenStore>(store: S, secret: string): S {
  const local: Token = {
    id: "local",
    name: "local",
    role: "admin",
    hash: hashOf(secret),
    createdAt: Date.now(),
    expiresAt: null,
    revokedAt: null,
  };
  return { ...store, tokens: async () => [...(await store.tokens()), local] };
}
