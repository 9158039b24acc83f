import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import type { Act } from "../app/commands.ts";
import { credentialKey, hashSecret } from "../ingest/credential.ts";
import type { Gateway } from "../register/entities.ts";
import type { Client } from "./client.ts";
import { give, rotated } from "./secret.ts";

const folder = mkdtempSync(join(tmpdir(), "brain-secret-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A client whose brain takes everything, and what it was told and the terminal showed. */
async function given(gateway: Gateway) {
  const acts: Act[] = [];
  const act = async (one: Act) => void acts.push(one);
  const client = { folder, act } as unknown as Client;
  const shown: string[] = [];
  const out = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    shown.push(String(text));
    return true;
  });
  await give(client, { put: "gateway", value: gateway }, { json: true });
  out.mockRestore();
  return { acts, shown: JSON.parse(shown.join("")) as { id: string; secret: string } };
}

test("a secret is shown once, and the register has its keyed hash alone", async () => {
  const { acts, shown } = await given({ id: "gw", siteId: "s" });
  const secretHash = hashSecret(credentialKey(folder), shown.secret);
  expect(acts).toEqual([
    {
      kind: "register.change",
      changes: [{ put: "gateway", value: { id: "gw", siteId: "s", secretHash } }],
    },
  ]);
  expect(JSON.stringify(acts)).not.toContain(shown.secret);
  expect((await given({ id: "gw", siteId: "s" })).shown.secret).not.toBe(shown.secret);
});

test("the secret before stays good for a while, and one that never had any has none before", () => {
  const gateway = { id: "gw", siteId: "s", secretHash: "old" };
  expect(rotated(gateway, 7)).toEqual({
    ...{ id: "gw", siteId: "s" },
    previousSecret: { hash: "old", until: 7 },
  });
  expect(rotated<Gateway>({ id: "gw", siteId: "s" }, 7)).toEqual({ id: "gw", siteId: "s" });
});
