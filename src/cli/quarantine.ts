// brain quarantine: what was refused at the door, and why.

import { Command } from "commander";
import { type Quarantined, type Reason, reasons } from "../ingest/quarantine.ts";
import { type FolderOptions, withClient } from "./client.ts";
import { inWords, print, streetTime, table, tell } from "./speech.ts";

type Options = FolderOptions & { reason?: string; limit: string; json?: true };
type Listed = { items: readonly Quarantined[]; counts: Partial<Record<Reason, number>> };

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
        const counts = Object.entries(listed.counts);
        if (counts.length === 0) return print(tell("list.none"));
        print(
          table(
            ["", "", ""],
            counts.map(([reason, n]) => [`${n}`, reason, inWords(reasons[reason as Reason])]),
          ).trimStart(),
        );
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
