// brain token create | revoke.

import { Command } from "commander";
import { type FolderOptions, withClient } from "./client.ts";
import { print, tell } from "./speech.ts";

type Made = { id: string; name: string; role: string; token: string };

export const tokenCommand = (): Command =>
  new Command("token")
    .description(tell("token.about"))
    .addCommand(
      new Command("create")
        .description(tell("token.create"))
        .requiredOption("--role <role>", tell("token.role"))
        .requiredOption("--name <name>", tell("token.name"))
        .option("--data <folder>", tell("cli.data"))
        .option("--json", tell("cli.json"))
        .action((options: FolderOptions & { role: string; name: string; json?: true }) =>
          withClient(options, async (client) => {
            const { role, name, json } = options;
            const made = await client.post<Made>("/tokens", { role, name });
            print(json ? JSON.stringify(made) : tell("token.made", made));
          }),
        ),
    )
    .addCommand(
      new Command("revoke")
        .argument("<id>")
        .description(tell("token.revoke"))
        .option("--data <folder>", tell("cli.data"))
        .action((id: string, options: FolderOptions) =>
          withClient(options, async (client) => {
            await client.post(`/tokens/${encodeURIComponent(id)}/revoke`, {});
            print(tell("token.revoked", { id }));
          }),
        ),
    );
