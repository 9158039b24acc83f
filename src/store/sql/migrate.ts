import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { migrations, type Tables } from "./tables.ts";

/** Thrown where the records were written by a newer release. */
export class RecordsTooNew extends Error {}

/** Brings the records to this release's tables, all steps or none; names the steps it took. */
export async function migrateRecords(
  db: Kysely<Tables>,
  where: string,
): Promise<readonly string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const known = await migrator.getMigrations();
  const { error, results } = await migrator.migrateToLatest();
  if (!error) return (results ?? []).map(({ migrationName }) => migrationName);
  const strange = String((error as Error).message).includes("missing");
  if (strange)
    throw new RecordsTooNew(
      `${where} was written by a newer release than this one, which knows ${known.length} steps of its tables: run the newer release, or restore the backup made before the upgrade.`,
      { cause: error },
    );
  throw new Error(`${where}: a step of its tables failed and was taken back`, { cause: error });
}
