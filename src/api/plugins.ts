// The scenarios this brain runs, with their rules made once for each release; and which of them are about a person.

import { Default } from "typebox/value";
import type { AnyRule, Threshold } from "../core/rule.ts";
import type { AnyScenario } from "../core/scenario.ts";
import type { RunningScenario } from "./ports.ts";

export type Plugin = {
  scenario: AnyScenario;
  params: Readonly<Record<string, unknown>>;
  /** The number of the release that the parameters came with; 0: they are its own. */
  release: number;
  rules: Readonly<Record<string, AnyRule>>;
  /** Rule → UCUM unit of the field it bounds; a rule that bounds none is not here. */
  units: Readonly<Record<string, string>>;
};

export type Field = {
  name: string;
  type: "number" | "boolean" | "string";
  unit: string | null;
  minimum: number | null;
  maximum: number | null;
  describes: string | null;
};

export type Plugins = {
  all: readonly Plugin[];
  get(scenario: string): Plugin | undefined;
  /**
   * Whether what a scenario reads is about a person, so that only `vitals.read` may see values. A scenario that is no longer
   * run is taken to be; the brain's own health is, where it quotes such a scenario.
   */
  personal(scenario: string, sensorId?: string | null): boolean;
};

const HEALTH = "brain-health";

/** `running` is asked anew each time, so that a release is seen at once. */
export function pluginsOf(running: () => readonly RunningScenario[]): Plugins {
  const made = new Map<string, Plugin>();
  const pluginOf = ({ scenario, params: given, release }: RunningScenario): Plugin => {
    const known = made.get(scenario.id);
    if (known?.release === release) return known;
    const params = Default(scenario.params, { ...given }) as Plugin["params"]; // what was not set has its default
    const rules = scenario.rules(params as never);
    const plugin = { scenario, params, release, rules, units: unitsOf(scenario, rules) };
    made.set(scenario.id, plugin);
    return plugin;
  };
  const get = (id: string): Plugin | undefined => {
    const found = running().find(({ scenario }) => scenario.id === id);
    return found && pluginOf(found);
  };
  const personal = (scenario: string, sensorId: string | null = null): boolean => {
    if (scenario === HEALTH) return sensorId === null || personal(sensorId);
    const plugin = get(scenario);
    return plugin === undefined || plugin.scenario.consent !== undefined;
  };
  return {
    get all() {
      return running().map(pluginOf);
    },
    get,
    personal,
  };
}

/** The fields of a scenario's reading, in the order of its schema. */
export function fieldsOf(scenario: AnyScenario): readonly Field[] {
  const properties = scenario.reading.properties as Record<string, Record<string, unknown>>;
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    type: typeOf(schema),
    unit: typeof schema.unit === "string" && schema.unit !== "1" ? schema.unit : null,
    minimum: typeof schema.minimum === "number" ? schema.minimum : null,
    maximum: typeof schema.maximum === "number" ? schema.maximum : null,
    describes: typeof schema.description === "string" ? schema.description : null,
  }));
}

function unitsOf(scenario: AnyScenario, rules: Plugin["rules"]): Record<string, string> {
  const fields = fieldsOf(scenario);
  const units: Record<string, string> = {};
  for (const [name, rule] of Object.entries(rules)) {
    const bounded = boundsOf(rule, scenario.sampleSite)[0]?.field;
    const unit = fields.find((field) => field.name === bounded)?.unit;
    if (unit) units[name] = unit;
  }
  return units;
}

const typeOf = (schema: Record<string, unknown>): Field["type"] =>
  schema.type === "number" || schema.type === "integer"
    ? "number"
    : schema.type === "boolean"
      ? "boolean"
      : "string";

/** The bounds in force at a site, of every rule that has some; a rule that can't say for these facts says none. */
export function thresholdsAt(
  plugin: Plugin,
  facts: unknown,
): readonly (Threshold & { rule: string })[] {
  return Object.entries(plugin.rules).flatMap(([name, rule]) =>
    boundsOf(rule, facts).map((threshold) => ({ ...threshold, rule: name })),
  );
}

function boundsOf(rule: AnyRule, facts: unknown): readonly Threshold[] {
  try {
    return rule.thresholds?.(facts ?? {}) ?? [];
  } catch {
    return []; // a plugin's own fault: its judging tells of it, a page must still open
  }
}
