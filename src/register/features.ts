// One feature of a GeoJSON file (RFC 7946) as the cells of a row.

import { type Column, columnNamed, columnsOf, type SchemaOf } from "./columns.ts";
import type { Finding } from "./draft.ts";
import type { EntityKind } from "./entities.ts";
import { opened } from "./geometry.ts";
import { valueAt } from "./paths.ts";
import type { Given } from "./rows.ts";

type Cells = Map<Column, { text: string } | { value: unknown }>;

/**
 * Properties are named as the columns of a table are, or nested; those that begin with # are left
 * out. The geometry gives a site or sensor its point, a cell or permit its boundary; longitude
 * first, heights are ignored.
 */
export function featureCells(
  kind: EntityKind,
  feature: unknown,
  schemaOf: SchemaOf,
): { given: Given; findings: Finding[] } {
  const given: Cells = new Map();
  const findings: Finding[] = [];
  const take = (name: string, value: unknown): void => {
    const column = columnNamed(kind, name, schemaOf);
    if (column) given.set(column, typeof value === "string" ? { text: value } : bare(value));
    else if (value !== null && typeof value === "object" && !Array.isArray(value))
      for (const [step, below] of Object.entries(value)) take(`${name}.${step}`, below);
    else findings.push({ code: "field-unknown", field: name, value });
  };
  const own = valueAt(feature, ["id"]);
  if (own !== undefined) take("id", own);
  for (const [name, value] of Object.entries(valueAt(feature, ["properties"]) ?? {}))
    if (!name.startsWith("#")) take(name, value);
  const geometry = valueAt(feature, ["geometry"]) ?? null;
  if (geometry !== null) findings.push(...takeGeometry(kind, geometry, given));
  return { given, findings };
}

const bare = (value: unknown) => ({ value: value === null ? undefined : value });

function takeGeometry(kind: EntityKind, geometry: unknown, given: Cells): Finding[] {
  const type = valueAt(geometry, ["type"]);
  const coordinates = valueAt(geometry, ["coordinates"]);
  const [lon, lat, ring] = ["lon", "lat", "ring"].map((name) =>
    columnsOf(kind).find((column) => column.name === name),
  );
  if (lon && lat && type === "Point") {
    given.set(lon, bare(valueAt(coordinates, ["0"])));
    given.set(lat, bare(valueAt(coordinates, ["1"])));
    return [];
  }
  const points = ring ? outline(type, coordinates) : null;
  if (ring && points) {
    given.set(ring, { value: points });
    return [];
  }
  const wanted = ring
    ? { zh: "一个无孔的 Polygon", en: "one Polygon without holes" }
    : lon
      ? { zh: "Point", en: "a Point" }
      : { zh: "null（此类别没有几何）", en: "null: this kind has no geometry" };
  return [{ code: "value-wrong", field: "geometry", value: type, wanted }];
}

/**
 * The one ring of a polygon, or of a collection of one polygon; null: there are more, or it is
 * none.
 */
function outline(type: unknown, coordinates: unknown): unknown {
  if (!Array.isArray(coordinates) || coordinates.length !== 1) return null;
  if (type === "MultiPolygon") return outline("Polygon", coordinates[0]);
  if (type !== "Polygon" || !Array.isArray(coordinates[0])) return null;
  return opened(
    coordinates[0].map((pair) => ({ lon: valueAt(pair, ["0"]), lat: valueAt(pair, ["1"]) })) as {
      lon: number;
      lat: number;
    }[],
  );
}
