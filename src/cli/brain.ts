// The command line: one file per command, listed here.

import { Command } from "commander";
import { Complaint } from "../../simulators/complaint.ts";
import { alertsCommand } from "./alerts.ts";
import { demoCommand } from "./demo.ts";
import { doctorCommand } from "./doctor.ts";
import { Exit, exitCodes } from "./exit.ts";
import { importCommand } from "./import.ts";
import { quarantineCommand } from "./quarantine.ts";
import { replayCommand } from "./replay.ts";
import { scenarioCommand } from "./scenario.ts";
import { sensorCommand } from "./sensor.ts";
import { simulateCommand } from "./simulate.ts";
import { inWords, note, tell } from "./speech.ts";
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
  demoCommand,
  simulateCommand,
  replayCommand,
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
  if (error instanceof Exit) {
    note(error.message);
    process.exitCode = error.code;
  } else if (error instanceof Complaint) {
    note(inWords(error.text));
    process.exitCode = exitCodes.badInput;
  } else {
    note((error as Error).stack ?? String(error));
    process.exitCode = exitCodes.internal;
  }
}
