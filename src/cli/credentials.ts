// Secrets for everybody in a drill: made for the run, kept in this process, and only their hashes go to the register.

import { credentialKey, hashSecret, newSecret } from "../ingest/credential.ts";
import type { RegisterChange } from "../register/entities.ts";

/** The same changes with a credential for each gateway and each sensor that speaks for itself, and the way to the secrets. */
export function withCredentials(
  changes: readonly RegisterChange[],
  dataFolder: string,
): { changes: RegisterChange[]; secretOf(id: string): string | undefined } {
  const key = credentialKey(dataFolder);
  const secrets = new Map<string, string>();
  const given = changes.map((change): RegisterChange => {
    if (!("put" in change)) return change;
    const { put, value } = change;
    if (put !== "gateway" && (put !== "sensor" || value.gatewayId !== undefined)) return change;
    const secret = newSecret();
    secrets.set(value.id, secret);
    return { put, value: { ...value, secretHash: hashSecret(key, secret) } } as RegisterChange;
  });
  return { changes: given, secretOf: (id) => secrets.get(id) };
}
