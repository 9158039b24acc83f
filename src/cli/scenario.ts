// brain scenario: one file per sub-command, listed here.

import { Command } from "commander";
import { backtestCommand } from "./scenario/backtest.ts";
import { diffCommand } from "./scenario/diff.ts";
import { listCommand } from "./scenario/list.ts";
import { loadCommand } from "./scenario/load.ts";
import { newCommand } from "./scenario/new.ts";
import { recordCommand } from "./scenario/record.ts";
import { releaseCommand, rollbackCommand } from "./scenario/release.ts";
import { shadowCommand } from "./scenario/shadow.ts";
import { showCommand } from "./scenario/show.ts";
import { testCommand } from "./scenario/test.ts";
import { tell } from "./speech.ts";

export { defaultsOf, installedScenarios, rulesOf } from "./scenario/installed.ts";

export const scenarioCommand = (): Command =>
  new Command("scenario")
    .description(tell("scenario.about"))
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(newCommand())
    .addCommand(testCommand())
    .addCommand(recordCommand())
    .addCommand(backtestCommand())
    .addCommand(loadCommand())
    .addCommand(shadowCommand())
    .addCommand(diffCommand())
    .addCommand(releaseCommand())
    .addCommand(rollbackCommand());
