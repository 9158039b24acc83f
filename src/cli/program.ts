// The command line: one file per command, listed here. Only the file that is asked for is loaded: a brain starts sooner.

import { Command } from "commander";
import { Complaint } from "../../simulators/complaint.ts";
import { Exit, exitCodes } from "./exit.ts";
import { inWords, note, tell } from "./speech.ts";

const commands = {
  start: async () => (await import("./start.ts")).startCommand(),
  demo: async () => (await import("./demo.ts")).demoCommand(),
  simulate: async () => (await import("./simulate.ts")).simulateCommand(),
  replay: async () => (await import("./replay.ts")).replayCommand(),
  scenario: async () => (await import("./scenario.ts")).scenarioCommand(),
  import: async () => (await import("./import.ts")).importCommand(),
  sensor: async () => (await import("./sensor.ts")).sensorCommand(),
  gateway: async () => (await import("./gateway.ts")).gatewayCommand(),
  token: async () => (await import("./token.ts")).tokenCommand(),
  alerts: async () => (await import("./alerts.ts")).alertsCommand(),
  quarantine: async () => (await import("./quarantine.ts")).quarantineCommand(),
  doctor: async () => (await import("./doctor.ts")).doctorCommand(),
} satisfies Record<string, () => Promise<Command>>;

const program = new Command("brain")
  .description(tell("cli.about"))
  .option("--lang <language>", tell("cli.lang"))
  .showHelpAfterError()
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage);
  });

/** What the first argument names; all of them where it names none, for the help and for what is mistyped. */
const [asked = ""] = process.argv.slice(2);
const wanted = Object.entries(commands).filter(([name]) => name === asked);
for (const [, load] of wanted.length > 0 ? wanted : Object.entries(commands))
  program.addCommand(await load());

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
