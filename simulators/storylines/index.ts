// The storylines that come with the house: every YAML file in this folder, known by its name.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Storyline } from "../storyline.ts";
import { readStoryline } from "../storyline-file.ts";

const folder = import.meta.dirname;

/** Their names, as `simulate --storyline` takes them, in the order of the alphabet. */
export const storylineNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort();

/** One of them; its name must be one of `storylineNames`. */
export const storylineNamed = (name: string): Storyline =>
  readStoryline(join(folder, `${name}.yaml`));

/** What `brain demo` plays. */
export const stormNight: Storyline = storylineNamed("storm-night");
