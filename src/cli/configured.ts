import { type Config, readConfig } from "../config.ts";
import { Exit } from "./exit.ts";
import { tell } from "./speech.ts";

/** The configuration, or an end that lists all that is wrong with it. */
export function configured(flags: Readonly<Record<string, unknown>>): Config {
  const read = readConfig(process.env, flags);
  if (read.ok) return read.config;
  throw new Exit("config", tell("cli.config-wrong", { faults: read.faults.join("\n  ") }));
}
