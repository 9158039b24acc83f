// brain scenario release and rollback: which parameters a scenario judges with from now on.

import { Command } from "commander";
import type { Act } from "../../app/commands.ts";
import type { Release } from "../../app/releases.ts";
import { withClient } from "../client.ts";
import { Exit } from "../exit.ts";
import { print, tell } from "../speech.ts";
import { installed } from "./installed.ts";
import { givenParams } from "./params.ts";

type Options = { data?: string; params?: string[]; approvedBy?: string; json?: true };

export const releaseCommand = (): Command =>
  common(new Command("release").description(tell("workshop.release")))
    .option("--params <name=value...>", tell("workshop.release-params"))
    .action((id: string, options: Options) => {
      const scenario = installed(id);
      if (!options.params) throw new Exit("badInput", tell("workshop.release-what", { id }));
      const params = givenParams(scenario, options.params);
      return run({ kind: "scenario.release", scenario: id, params, ...secondOf(options) }, options);
    });

export const rollbackCommand = (): Command =>
  common(new Command("rollback").description(tell("workshop.rollback"))).action(
    (id: string, options: Options) => {
      installed(id);
      return run({ kind: "scenario.rollback", scenario: id, ...secondOf(options) }, options);
    },
  );

const common = (command: Command): Command =>
  command
    .argument("<id>")
    .option("--approved-by <name>", tell("workshop.approved-by"))
    .option("--data <folder>", tell("cli.data"))
    .option("--json", tell("cli.json"));

const secondOf = ({ approvedBy }: Options) => (approvedBy === undefined ? {} : { approvedBy });

const run = (act: Act & { scenario: string }, options: Options): Promise<void> =>
  withClient(options, async (client) => {
    const release = (await client.act(act)) as unknown as Release;
    if (options.json) return print(JSON.stringify(release));
    const { number, changed, restores } = release;
    const names = changed.join(", ") || tell("workshop.release-same");
    const told = { id: act.scenario, number, names };
    print(
      restores === null
        ? tell("workshop.released", told)
        : tell("workshop.rolled-back", { ...told, restores }),
    );
  });
