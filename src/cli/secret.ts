// Credentials of those who speak to the broker. A secret is made here, shown once, and only its keyed hash leaves this file.

import { credentialKey, hashSecret, newSecret } from "../ingest/credential.ts";
import type { Gateway, Sensor } from "../register/entities.ts";
import type { Client } from "./client.ts";
import { print, tell } from "./speech.ts";

type Speaker = { put: "sensor"; value: Sensor } | { put: "gateway"; value: Gateway };

/** Puts a sensor or a gateway into the register with a new secret, and shows it. */
export async function give(
  client: Client,
  { put, value }: Speaker,
  { json }: { json?: true },
): Promise<void> {
  const secret = newSecret();
  const secretHash = hashSecret(credentialKey(client.folder), secret);
  const speaker = { put, value: { ...value, secretHash } } as Speaker;
  await client.act({ kind: "register.change", changes: [speaker] });
  const { id } = value;
  print(json ? JSON.stringify({ id, secret }) : tell("sensor.secret", { id, secret }));
}

/** The same with a new secret to come, the old one good until then. */
export function rotated<T extends Sensor | Gateway>(
  { secretHash: hash, ...rest }: T,
  until: number,
): Omit<T, "secretHash"> {
  return { ...rest, ...(hash ? { previousSecret: { hash, until } } : {}) };
}
