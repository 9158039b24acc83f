import type { Kysely } from "kysely";
import type { Token, TokenStore } from "../records.ts";
import type { Tables } from "./tables.ts";

/** Tokens of people and programs; only their hashes. */
export const tokenStore = (db: Kysely<Tables>): TokenStore => ({
  async tokens() {
    const rows = await db.selectFrom("tokens").select("body").orderBy("id").execute();
    return rows.map(({ body }) => JSON.parse(body) as Token);
  },
  async putToken(token) {
    const body = JSON.stringify(token);
    await db
      .insertInto("tokens")
      .values({ id: token.id, body })
      .onConflict((oc) => oc.column("id").doUpdateSet({ body }))
      .execute();
  },
  async revokeToken(id, at) {
    for (;;) {
      const row = await db
        .selectFrom("tokens")
        .select("body")
        .where("id", "=", id)
        .executeTakeFirst();
      const token = row && (JSON.parse(row.body) as Token);
      if (!token || token.revokedAt !== null) return false;
      // No transaction: one that reads before it writes is refused where the judge commits in between.
      const { numUpdatedRows } = await db
        .updateTable("tokens")
        .set({ body: JSON.stringify({ ...token, revokedAt: at } satisfies Token) })
        .where("id", "=", id)
        .where("body", "=", row.body)
        .executeTakeFirst();
      if (numUpdatedRows > 0n) return true;
    }
  },
});
