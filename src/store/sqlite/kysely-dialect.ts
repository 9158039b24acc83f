// Apart from database.ts, since the log and the history need no kysely, and threads that load less start sooner.

import { type Dialect, SqliteDialect } from "kysely";
import type { Database } from "./database.ts";

/** The same connection for kysely. Destroying the Kysely closes the database. */
export function kyselyDialect(db: Database): Dialect {
  const bind = (parameters: readonly unknown[]) =>
    parameters as readonly (string | number | null)[];
  return new SqliteDialect({
    database: {
      close: () => db.close(),
      prepare(sql) {
        const statement = db.prepare(sql);
        return {
          reader: statement.columns().length > 0,
          all: (parameters) => statement.all(...bind(parameters)),
          run: (parameters) => statement.run(...bind(parameters)),
          iterate: (parameters) => statement.iterate(...bind(parameters)),
        };
      },
    },
  });
}
