// brain quarantine: what was refused at the door, and why.

import { Command } from "commander";
import type { Quarantined } from "../ingest/quarantine.ts";
import { type FolderOptions, withClient } from "./client.ts";
import { print, streetTime, table, tell } from "./speech.ts";

type Options = FolderOptions & { reason?: string; limit: string; json?: true };
type Listed = {
  items: readonly Quarantined[];
  counts: readonly { reason: string; says: string; count: number }[];
};

export const quarantineCommand = (): Command =>
  new Command("quarantine")
    .description(tell("quarantine.about"))
    .option("--reason <reason>", tell("quarantine.reason"))
    .option("--limit <n>", tell("list.limit"), "20")
    .option("--data <folder>", tell("cli.data"))
    .option("--json", tell("cli.json"))
    .action((options: Options) =>
      withClient(options, async (client) => {
        const asked = new URLSearchParams({ limit: options.limit });
        if (options.reason) asked.set("reason", options.reason);
        const listed = await client.get<Listed>(`/quarantine?${asked}`);
        if (options.json) return print(JSON.stringify(listed));
        if (listed.counts.length === 0) return print(tell("list.none"));
        const counts = listed.counts.map(({ reason, says, count }) => [`${count}`, reason, says]);
        print(table(["", "", ""], counts).trimStart());
        const rows = listed.items.map(({ at, reason, clientId, topic, detail }) => [
          streetTime(at),
          reason,
          clientId,
          topic,
          detail,
        ]);
        if (rows.length > 0) print(table(["", "", "", "", ""], rows));
      }),
    );
