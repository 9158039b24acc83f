// A recording in CSV, row by row, as readings of registered sensors.

import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import type { AnyScenario, Instant } from "#scenario";
import type { Values } from "../src/core/reading.ts";
import type { Text } from "../src/core/text.ts";
import type { Sensor } from "../src/register/entities.ts";
import { Complaint, type SimulatorKey, told } from "./complaint.ts";

/**
 * Which column says what. `sensor` may have `{column}` places, or be one sensor's id; the others
 * are names of columns.
 */
export type ColumnMap = { time: string; sensor: string; fields: Readonly<Record<string, string>> };

export type Row = { line: number; sensor: Sensor; time: Instant; values: Values };
/** A row that cannot be a reading, and why. */
export type BadRow = { line: number; why: Text };

/**
 * Reads `time=observationDateTime,sensor=usgs-03287500,levelM=currentLevel_m` or, with ids made
 * from a column,
 * `time=last_updated_epoch_s,sensor=bike-{station_id},parkedCount=num_bikes_available`. Throws a
 * Complaint otherwise.
 */
export function readMap(text: string): ColumnMap {
  const parts = new Map<string, string>();
  for (const part of text.split(",")) {
    const [, name, column] = /^\s*([^=\s]+)\s*=\s*(.+?)\s*$/.exec(part) ?? [];
    if (!name || !column || parts.has(name)) throw unreadable(text, "simulators.map-part", part);
    parts.set(name, column);
  }
  const { time, sensor, ...fields } = Object.fromEntries(parts);
  if (time === undefined) throw unreadable(text, "simulators.map-lacks", "time=…");
  if (sensor === undefined) throw unreadable(text, "simulators.map-lacks", "sensor=…");
  if (Object.keys(fields).length === 0)
    throw unreadable(text, "simulators.map-lacks", "field=column");
  return { time, sensor, fields };
}

export type RecordingOptions = {
  file: string;
  map: ColumnMap;
  scenarios: readonly AnyScenario[];
  /** The register's word on a sensor. */
  sensorOf(id: string): Sensor | undefined;
};

type Cells = Readonly<Record<string, string>>;

/**
 * The rows in the order of the file, read as they are asked for. Throws a Complaint where the map
 * does not fit the file.
 */
export async function* rowsOf(options: RecordingOptions): AsyncGenerator<Row | BadRow> {
  const { file, map } = options;
  const columns = columnsOf(map);
  const parser = createReadStream(file).pipe(
    parse({ bom: true, columns: true, info: true, skip_empty_lines: true, trim: true }),
  );
  let checked = false;
  for await (const { record, info } of parser as AsyncIterable<{
    record: Cells;
    info: { lines: number };
  }>) {
    if (!checked) {
      const missing = columns.find((column) => !Object.hasOwn(record, column));
      const known = Object.keys(record).join(", ");
      if (missing !== undefined)
        throw new Complaint("simulators.column-missing", { file, column: missing, known });
      checked = true;
    }
    const row = rowOf(record, options);
    yield { line: info.lines, ...row };
  }
  if (!checked) throw new Complaint("simulators.recording-empty", { file });
}

type Bare<T> = T extends unknown ? Omit<T, "line"> : never;

function rowOf(cells: Cells, { map, scenarios, sensorOf }: RecordingOptions): Bare<Row | BadRow> {
  const said = cells[map.time] ?? "";
  const time = instantOf(said);
  if (time === null) return bad("simulators.row-time", { value: said });
  const id = map.sensor.replace(PLACE, (_, column: string) => cells[column] ?? "");
  const sensor = sensorOf(id);
  if (!sensor) return bad("simulators.row-sensor", { value: id });
  const types = fieldTypes(sensor, scenarios);
  const values: Record<string, Values[string]> = {};
  for (const [field, column] of Object.entries(map.fields)) {
    const cell = cells[column] ?? "";
    if (cell === "") continue; // not measured is not zero
    const type = types.get(field);
    if (type === undefined) throw unknownField(field, sensor, types);
    const value = valueIn(cell, type);
    if (value === null) return bad("simulators.row-value", { value: cell, column, type });
    values[field] = value;
  }
  if (Object.keys(values).length === 0) return bad("simulators.row-nothing");
  return { sensor, time, values };
}

const PLACE = /\{([^}]+)\}/g;

const columnsOf = ({ time, sensor, fields }: ColumnMap): string[] => [
  time,
  ...[...sensor.matchAll(PLACE)].map(([, column]) => column!),
  ...Object.values(fields),
];

/**
 * ISO 8601 with a zone; or epoch seconds, or milliseconds where the number is too large for seconds
 * of this century.
 */
function instantOf(cell: string): Instant | null {
  if (/^\d+(\.\d+)?$/.test(cell)) {
    const number = Number(cell);
    return Math.round(number < 1e11 ? number * 1_000 : number);
  }
  // A time without a zone would be read in the zone of whatever machine this runs on.
  if (!/^\d{4}-\d\d-\d\d[T ].*(Z|[+-]\d\d:?\d\d)$/i.test(cell)) return null;
  const at = Date.parse(cell);
  return Number.isFinite(at) ? at : null;
}

type FieldType = "number" | "boolean" | "string";

function fieldTypes(
  sensor: Sensor,
  scenarios: readonly AnyScenario[],
): ReadonlyMap<string, FieldType> {
  const scenario = scenarios.find(({ id }) => id === sensor.scenario);
  if (!scenario)
    throw new Complaint("simulators.sensor-of-unknown-scenario", {
      sensor: sensor.id,
      scenario: sensor.scenario,
      known: scenarios.map(({ id }) => id).join(", "),
    });
  let types = typesKnown.get(scenario);
  if (!types) {
    const properties = scenario.reading.properties as Record<string, { type?: string }>;
    types = new Map(
      Object.entries(properties).map(([field, { type }]): [string, FieldType] => [
        field,
        type === "integer" || type === "number" ? "number" : type === "boolean" ? type : "string",
      ]),
    );
    typesKnown.set(scenario, types);
  }
  return types;
}
const typesKnown = new WeakMap<AnyScenario, ReadonlyMap<string, FieldType>>();

function valueIn(cell: string, type: FieldType): Values[string] | null {
  if (type === "string") return cell;
  if (type === "number") return Number.isFinite(Number(cell)) ? Number(cell) : null;
  if (/^(1|true)$/i.test(cell)) return true;
  return /^(0|false)$/i.test(cell) ? false : null;
}

const bad = (key: SimulatorKey, params: Readonly<Record<string, string>> = {}): Bare<BadRow> => ({
  why: told(key, params),
});

const unreadable = (text: string, key: SimulatorKey, part: string): Complaint =>
  new Complaint("simulators.map-unreadable", { text, why: told(key, { part }) });

const unknownField = (
  field: string,
  sensor: Sensor,
  types: ReadonlyMap<string, FieldType>,
): Complaint =>
  new Complaint("simulators.field-unknown", {
    field,
    scenario: sensor.scenario,
    known: [...types.keys()].join(", "),
  });
