// brain gateway add | rotate | list.

import { Command } from "commander";
import { hours } from "../core/time.ts";
import { type FolderOptions, withClient } from "./client.ts";
import { Exit } from "./exit.ts";
import { registerOf } from "./import.ts";
import { numberOf } from "./numbers.ts";
import { give, rotated } from "./secret.ts";
import { print, table, tell } from "./speech.ts";

type Plain = FolderOptions & { json?: true };

export const gatewayCommand = (): Command =>
  new Command("gateway")
    .description(tell("gateway.about"))
    .addCommand(add())
    .addCommand(rotate())
    .addCommand(list());

const withData = (command: Command): Command =>
  command.option("--data <folder>", tell("cli.data")).option("--json", tell("cli.json"));

const add = (): Command =>
  withData(new Command("add").argument("<id>").description(tell("gateway.add")))
    .requiredOption("--site <id>", tell("sensor.site"))
    .action((id: string, options: Plain & { site: string }) =>
      withClient(options, async (client) => {
        await give(client, { put: "gateway", value: { id, siteId: options.site } }, options);
      }),
    );

const rotate = (): Command =>
  withData(new Command("rotate").argument("<id>").description(tell("gateway.rotate")))
    .option("--grace <hours>", tell("sensor.grace"), "24")
    .action((id: string, options: Plain & { grace: string }) =>
      withClient(options, async (client) => {
        const gateway = (await registerOf(client.folder)).gateway(id);
        if (!gateway) throw new Exit("notFound", tell("gateway.unknown", { id }));
        const until = Date.now() + hours(numberOf("--grace", options.grace));
        await give(client, { put: "gateway", value: rotated(gateway, until) }, options);
      }),
    );

const list = (): Command =>
  withData(new Command("list").description(tell("gateway.list"))).action((options: Plain) =>
    withClient(options, async (client) => {
      const register = await registerOf(client.folder);
      const rows = register.all("gateway").map(({ id, siteId }) => {
        const sensors = register.referrers("gateway", id).filter(({ kind }) => kind === "sensor");
        return { id, siteId, sensors: sensors.length };
      });
      if (options.json) return print(JSON.stringify(rows));
      const cells = rows.map(({ id, siteId, sensors }) => [id, siteId, String(sensors)]);
      print(cells.length > 0 ? table(["id", "site", "sensors"], cells) : tell("list.none"));
    }),
  );
