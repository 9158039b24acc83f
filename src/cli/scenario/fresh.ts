// A scenario as its folder says now, whether the index lists it or not.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AnyScenario } from "../../core/index.ts";
import { Exit } from "../exit.ts";
import { tell } from "../speech.ts";
import { installedScenarios } from "./installed.ts";

/** Where the scenarios are. */
export const scenariosFolder = join(import.meta.dirname, "..", "..", "..", "scenarios");

/**
 * The scenario of a folder; ends the command where there is none, or where it can't be loaded,
 * saying why.
 */
export async function scenarioIn(id: string): Promise<AnyScenario> {
  const file = join(scenariosFolder, id, "index.ts");
  if (!/^[\w-]+$/.test(id) || !existsSync(file)) {
    const known = installedScenarios.map((one) => one.id).join(", ");
    throw new Exit("notFound", tell("scenario.unknown", { id, known }));
  }
  try {
    const module = (await import(pathToFileURL(file).href)) as { default: AnyScenario };
    return module.default;
  } catch (error) {
    throw new Exit("badInput", tell("workshop.not-loaded", { id, why: (error as Error).message }));
  }
}
