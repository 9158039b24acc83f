// Reads storylines from YAML (or JSON, which is YAML too), and says what is wrong with one so that
// its writer can put it right: file, line, path, value and what would be right.

import { readFileSync } from "node:fs";
import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { type Document, LineCounter, parseDocument } from "yaml";
import type { Text } from "#scenario";
import { Complaint, told } from "./complaint.ts";
import { type Storyline, storylineSchema } from "./storyline.ts";

const compiled = Compile(storylineSchema);

/** Reads one from a file. Throws a Complaint that names the file and what in it is wrong. */
export function readStoryline(file: string): Storyline {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch (error) {
    throw new Complaint("simulators.storyline-unreadable", { file, why: (error as Error).message });
  }
  return parseStoryline(content, file);
}

/** Reads one from text; `file` is what complaints call it. */
export function parseStoryline(content: string, file: string): Storyline {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw new Complaint("simulators.storyline-syntax", { file, line, col, why: broken.message });
  }
  const read: unknown = document.toJS();
  if (compiled.Check(read)) return read;
  throw shapeComplaint(read, document, lines, file);
}

function shapeComplaint(
  read: unknown,
  document: Document.Parsed,
  lines: LineCounter,
  file: string,
): Complaint {
  // The first in the file is what its writer looks at first.
  const faults = compiled.Errors(read).map((error) => faultIn(error, read, document));
  const [first] = faults.sort((a, b) => a.offset - b.offset);
  const { path, value, remedy, offset } = first!;
  const { line } = lines.linePos(offset);
  return new Complaint("simulators.storyline-shape", {
    file,
    line,
    field: fieldOf(path),
    value,
    remedy,
  });
}

type ShapeError = ReturnType<typeof compiled.Errors>[number];
type ShapeFault = { path: Path; value: string | Text; remedy: Text; offset: number };
type Path = readonly (string | number)[];

function faultIn(error: ShapeError, read: unknown, document: Document.Parsed): ShapeFault {
  const at = pathOf(error.instancePath, read);
  const { requiredProperties, additionalProperties } = error.params as {
    requiredProperties?: string[];
    additionalProperties?: string[];
  };
  if (additionalProperties)
    return faultAt([...at, additionalProperties[0]!], at, "simulators.not-known", document);
  // The same once more, at the field itself: a field that nothing may be.
  if (error.keyword === "boolean")
    return faultAt(at, at.slice(0, -1), "simulators.not-known", document);
  if (requiredProperties)
    return faultAt([...at, requiredProperties[0]!], null, "simulators.not-there", document);
  const found = faultAt(at, null, "simulators.not-there", document);
  const value = at.reduce<unknown>((of, key) => (of as Record<string, unknown>)?.[key], read);
  return { ...found, value: JSON.stringify(value ?? null) };
}

/** A fault at a path; what is right is said of `asked`, by default of the path itself. */
function faultAt(
  path: Path,
  asked: Path | null,
  key: "simulators.not-known" | "simulators.not-there",
  document: Document.Parsed,
): ShapeFault {
  return {
    path,
    value: told(key),
    remedy: remedyAt(asked ?? path),
    offset: offsetOf(path, document),
  };
}

/** Where a value begins in the file, or the nearest thing around one that is missing. */
function offsetOf(path: Path, document: Document.Parsed): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      | { range?: readonly number[] }
      | undefined;
    if (node?.range) return node.range[0]!;
  }
  return 0;
}

/** "/steps/3/at" as keys; a number where the thing around it is a list. */
function pathOf(pointer: string, read: unknown): Path {
  const keys = pointer.split("/").slice(1);
  let around = read;
  return keys.map((key) => {
    const own = Array.isArray(around) ? Number(key) : key;
    around = (around as Record<string | number, unknown>)?.[own];
    return own;
  });
}

/** What the schema says of the nearest thing around a path that it says something of. */
function remedyAt(path: Path): Text {
  let schema = storylineSchema as unknown as Described;
  let said = schema.says!;
  for (const key of path) {
    const inner = typeof key === "number" ? schema.items : schema.properties?.[key];
    if (!inner) break;
    schema = inner;
    said = schema.says ?? said;
  }
  return said;
}

type Described = TSchema & {
  says?: Text;
  items?: Described;
  properties?: Record<string, Described>;
};

/** steps[3].sites.count */
const fieldOf = (path: Path): string =>
  path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .replace(/^[.]/, "") || "/";
