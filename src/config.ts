// One schema, environment and file → one frozen object, or a list of all that is wrong.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import Type, { type Static } from "typebox";
import { Check, Clean, Default, Errors } from "typebox/value";

const Port = (fallback: number, description: string) =>
  Type.Integer({ minimum: 0, maximum: 65535, default: fallback, description });

export const ConfigSchema = Type.Object(
  {
    dataFolder: Type.String({
      default: "data",
      description: "Where everything is kept; one brain to a folder",
    }),
    host: Type.String({
      default: "127.0.0.1",
      description: "Address that HTTP and MQTT listen on",
    }),
    httpPort: Port(8080, "API, pages, and MQTT over WebSocket under /mqtt; 0 takes a free one"),
    mqttPort: Port(1883, "MQTT over TCP; 0 takes a free one"),
    mqttsPort: Port(8883, "MQTT over TLS, where a certificate is configured"),
    tlsCert: Type.Optional(Type.String({ description: "PEM file of the certificate chain" })),
    tlsKey: Type.Optional(Type.String({ description: "PEM file of the certificate's key" })),
    historyKeepDays: Type.Number({
      minimum: 1,
      default: 90,
      description: "Days of raw readings kept",
    }),
    historyMaxGiB: Type.Number({
      minimum: 0.1,
      default: 50,
      description: "Most disk for the history",
    }),
    logMaxGiB: Type.Number({
      minimum: 0.05,
      default: 4,
      description: "Most disk for the log; over it senders wait until the readers have caught up",
    }),
    quarantineRows: Type.Integer({
      minimum: 100,
      default: 10_000,
      description: "Refused messages kept; all are counted",
    }),
    connectionsPerAddress: Type.Integer({
      minimum: 1,
      default: 20_000,
      description: "MQTT connections from one address",
    }),
    messagesPerSecond: Type.Integer({
      minimum: 1,
      default: 2_000,
      description: "MQTT messages a second from one client, with a burst of ten seconds' worth",
    }),
    ruleBudgetMs: Type.Number({
      minimum: 1,
      default: 100,
      description:
        "A rule that takes longer is reported; three times in ten minutes and its scenario is taken out",
    }),
    judgeHangMs: Type.Number({
      minimum: 500,
      default: 5_000,
      description:
        "A judge silent inside one rule for so long is ended and goes on without that scenario",
    }),
    releaseNeedsTwo: Type.Boolean({
      default: false,
      description: "A release of a scenario's parameters, or its rollback, needs a second person",
    }),
    logLevel: Type.Union(
      [
        Type.Literal("fatal"),
        Type.Literal("error"),
        Type.Literal("warn"),
        Type.Literal("info"),
        Type.Literal("debug"),
      ],
      { default: "info", description: "What goes to the program's own log" },
    ),
  },
  { additionalProperties: false },
);
export type Config = Readonly<Static<typeof ConfigSchema>>;

export type ConfigResult = { ok: true; config: Config } | { ok: false; faults: readonly string[] };

/** BRAIN_DATA_FOLDER for dataFolder, and so on. */
export const variableOf = (field: string): string =>
  `BRAIN_${field.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/**
 * Reads the configuration: defaults, then the file, then the environment, then what the command line said.
 * All that is wrong is listed, each with its field, its value and where it came from; nothing is guessed.
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  flags: Readonly<Record<string, unknown>> = {},
): ConfigResult {
  const faults: string[] = [];
  const file = environment.BRAIN_CONFIG ? readFile(environment.BRAIN_CONFIG, faults) : {};
  const spoken = Object.keys(ConfigSchema.properties).flatMap((field) => {
    const text = environment[variableOf(field)];
    return text === undefined ? [] : [[field, parse(field, text)] as const];
  });
  const given = { ...file, ...Object.fromEntries(spoken), ...defined(flags) };
  const config = Default(ConfigSchema, given) as Record<string, unknown>;
  for (const field of Object.keys(given))
    if (!(field in ConfigSchema.properties)) faults.push(`${field}: there is no such setting`);
  for (const { instancePath, message } of Errors(
    ConfigSchema,
    Clean(ConfigSchema, { ...config }),
  )) {
    const field = instancePath.slice(1);
    faults.push(
      `${field} (${variableOf(field)}) is ${JSON.stringify(config[field])}: it ${message}`,
    );
  }
  if ((config.tlsCert === undefined) !== (config.tlsKey === undefined))
    faults.push("tlsCert and tlsKey: give both or neither");
  if (faults.length > 0 || !Check(ConfigSchema, config)) return { ok: false, faults };
  return { ok: true, config: Object.freeze({ ...config, dataFolder: resolve(config.dataFolder) }) };
}

function readFile(path: string, faults: string[]): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof content === "object" && content !== null && !Array.isArray(content))
      return content as Record<string, unknown>;
    faults.push(`${path} (BRAIN_CONFIG): it must hold one JSON object`);
  } catch (error) {
    faults.push(`${path} (BRAIN_CONFIG): ${(error as Error).message}`);
  }
  return {};
}

/** Numbers, true and false come as text from the environment; what is not one stays text, for the schema to refuse. */
function parse(field: string, text: string): unknown {
  const schema = ConfigSchema.properties[field as keyof typeof ConfigSchema.properties] as {
    type?: string;
  };
  if (schema.type === "boolean" && (text === "true" || text === "false")) return text === "true";
  const numeric = schema.type === "number" || schema.type === "integer";
  return numeric && text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

const defined = (flags: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
