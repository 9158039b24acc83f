// The command line: one file per command, listed here.

import { Command } from "commander";
import { alertsCommand } from "./alerts.ts";
import { doctorCommand } from "./doctor.ts";
import { Exit, exitCodes } from "./exit.ts";
import { importCommand } from "./import.ts";
import { quarantineCommand } from "./quarantine.ts";
import { scenarioCommand } from "./scenario.ts";
import { sensorCommand } from "./sensor.ts";
import { note, tell } from "./speech.ts";
import { startCommand } from "./start.ts";
import { tokenCommand } from "./token.ts";

const program = new Command("brain")
  .description(tell("cli.about"))
  .option("--lang <language>", tell("cli.lang"))
  .showHelpAfterError()
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage);
  });

for (const command of [
  startCommand,
  scenarioCommand,
  importCommand,
  sensorCommand,
  tokenCommand,
  alertsCommand,
  quarantineCommand,
  doctorCommand,
])
  program.addCommand(command());

try {
  await program.parseAsync();
} catch (error) {
  const known = error instanceof Exit;
  note(known ? error.message : ((error as Error).stack ?? String(error)));
  process.exitCode = known ? error.code : exitCodes.internal;
}
