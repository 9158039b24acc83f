// brain sensor add | rotate | list.

import { Command } from "commander";
import { hours } from "../core/time.ts";
import type { Sensor } from "../register/entities.ts";
import type { Page } from "../store/records.ts";
import { type FolderOptions, withClient } from "./client.ts";
import { Exit } from "./exit.ts";
import { registerOf } from "./import.ts";
import { give, rotated } from "./secret.ts";
import { print, table, tell } from "./speech.ts";

type Plain = FolderOptions & { json?: true };

export const sensorCommand = (): Command =>
  new Command("sensor")
    .description(tell("sensor.about"))
    .addCommand(add())
    .addCommand(rotate())
    .addCommand(list());

const withData = (command: Command): Command =>
  command.option("--data <folder>", tell("cli.data")).option("--json", tell("cli.json"));

const add = (): Command =>
  withData(new Command("add").argument("<id>").description(tell("sensor.add")))
    .requiredOption("--site <id>", tell("sensor.site"))
    .requiredOption("--scenario <id>", tell("sensor.scenario"))
    .action((id: string, options: Plain & { site: string; scenario: string }) =>
      withClient(options, async (client) => {
        const { site: siteId, scenario } = options;
        await give(client, { put: "sensor", value: { id, siteId, scenario } }, options);
      }),
    );

const rotate = (): Command =>
  withData(new Command("rotate").argument("<id>").description(tell("sensor.rotate")))
    .option("--grace <hours>", tell("sensor.grace"), "24")
    .action((id: string, options: Plain & { grace: string }) =>
      withClient(options, async (client) => {
        const sensor = (await registerOf(client.folder)).sensor(id);
        if (!sensor) throw new Exit("notFound", tell("sensor.unknown", { id }));
        const until = Date.now() + hours(Number(options.grace));
        await give(client, { put: "sensor", value: rotated(sensor, until) }, options);
      }),
    );

const list = (): Command =>
  withData(new Command("list").description(tell("sensor.list")))
    .option("--limit <n>", tell("list.limit"), "100")
    .option("--scenario <id>", tell("sensor.scenario"))
    .action((options: Plain & { limit: string; scenario?: string }) =>
      withClient(options, async (client) => {
        const asked = new URLSearchParams({ limit: options.limit });
        if (options.scenario) asked.set("scenario", options.scenario);
        const page = await client.get<Page<Sensor>>(`/sensors?${asked}`);
        if (options.json) return print(JSON.stringify(page));
        const rows = page.items.map(({ id, scenario, siteId }) => [id, scenario, siteId]);
        print(rows.length > 0 ? table(["id", "scenario", "site"], rows) : tell("list.none"));
      }),
    );
