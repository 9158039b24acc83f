// brain scenario shadow: other parameters judge beside the live ones, and tell nobody.

import { Command } from "commander";
import type { ShadowStand } from "../../engine/shadow-record.ts";
import { withClient } from "../client.ts";
import { Exit } from "../exit.ts";
import { print, tell } from "../speech.ts";
import { installed } from "./installed.ts";
import { givenParams } from "./params.ts";

type Options = { data?: string; params?: string[]; json?: true };

export const shadowCommand = (): Command =>
  new Command("shadow")
    .argument("<id>")
    .argument("<on|off>")
    .description(tell("workshop.shadow"))
    .option("--params <name=value...>", tell("workshop.shadow-params"))
    .option("--data <folder>", tell("cli.data"))
    .option("--json", tell("cli.json"))
    .action(run);

async function run(id: string, word: string, options: Options): Promise<void> {
  const scenario = installed(id);
  if (word !== "on" && word !== "off")
    throw new Exit("badInput", tell("workshop.on-or-off", { value: word }));
  const isOn = word === "on";
  const params = isOn ? givenParams(scenario, options.params ?? []) : null;
  await withClient(options, async (client) => {
    const stand = await client.act({ kind: "scenario.shadow", scenario: id, params });
    if (options.json) print(JSON.stringify(stand));
    else if (isOn) {
      const { changed } = stand as unknown as ShadowStand;
      const names = changed.join(", ") || tell("workshop.shadow-same");
      print(tell("workshop.shadow-on", { id, names }));
    } else print(tell("workshop.shadow-off", { id }));
  });
}
