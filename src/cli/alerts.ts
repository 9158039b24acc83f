// brain alerts: the list as operators have it.

import { Command } from "commander";
import type { AlertRecord } from "../engine/alert-record.ts";
import type { Page } from "../store/records.ts";
import { type FolderOptions, withClient } from "./client.ts";
import { print, streetTime, table, tell } from "./speech.ts";

type Options = FolderOptions & { state: string; limit: string; json?: true };

export const alertsCommand = (): Command =>
  new Command("alerts")
    .description(tell("alerts.about"))
    .option("--state <state>", tell("alerts.state"), "open")
    .option("--limit <n>", tell("list.limit"), "50")
    .option("--data <folder>", tell("cli.data"))
    .option("--json", tell("cli.json"))
    .action((options: Options) =>
      withClient(options, async (client) => {
        const asked = new URLSearchParams({ state: options.state, limit: options.limit });
        const page = await client.get<Page<AlertRecord>>(`/alerts?${asked}`);
        if (options.json) return print(JSON.stringify(page));
        if (page.items.length === 0) return print(tell("list.none"));
        const rows = page.items.map((alert) => [
          alert.level,
          streetTime(alert.firedAt),
          `${alert.scenario}/${alert.rule}`,
          alert.siteId,
          alert.phase,
          alert.acked ? alert.acked.by : "",
        ]);
        print(table(["", "", "", "", "", ""], rows).trimStart());
      }),
    );
