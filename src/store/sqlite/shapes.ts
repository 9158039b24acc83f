// The shapes of readings in a group: a scenario with the names and types of the fields, in their order. Absent fields
// are simply another shape. The encoder keeps all shapes it met as a tree, one step a field, so that finding a
// reading's shape looks at each field once; the decoder keeps each shape it met by its bytes.

import type { ByteReader, ByteWriter } from "./bytes.ts";

export const NUMBER = 0;
export const BOOLEAN = 1;
export const STRING = 2;
/** The type of a field, as its byte. */
export type FieldType = typeof NUMBER | typeof BOOLEAN | typeof STRING;

/** A node of the tree. `group` says in which group the shape has its `index`. */
export type Shape = {
  scenario: string;
  parent: Shape | null;
  name: string;
  type: FieldType;
  steps: Shape[];
  group: number;
  index: number;
};

// What strangers can make us remember; at the bound the tables start anew.
const SHAPES_MAX = 20_000;
let nodes = 0;
const roots = new Map<string, Shape>();

/** The shape of no fields, where the walk over a reading's fields begins. */
export const rootOf = (scenario: string): Shape =>
  roots.get(scenario) ?? newShape(scenario, null, "", NUMBER);

/** The shape with one more field. */
export function stepOf(shape: Shape, name: string, type: FieldType): Shape {
  const steps = shape.steps;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!;
    if (step.name === name && step.type === type) return step;
  }
  return newShape(shape.scenario, shape, name, type);
}

function newShape(scenario: string, parent: Shape | null, name: string, type: FieldType): Shape {
  if (++nodes > SHAPES_MAX) {
    // Those of the group at hand stay in use; only their tree is forgotten.
    nodes = 0;
    roots.clear();
  }
  const shape: Shape = { scenario, parent, name, type, steps: [], group: 0, index: 0 };
  if (parent) parent.steps.push(shape);
  else roots.set(scenario, shape);
  return shape;
}

/** Writes a shape so that `readShapes` finds it. */
export function writeShape(writer: ByteWriter, shape: Shape): void {
  const fields: Shape[] = [];
  for (let at: Shape = shape; at.parent; at = at.parent) fields.push(at);
  fields.reverse();
  writer.need(8);
  const start = writer.at;
  writer.uint32(0);
  writer.string(shape.scenario);
  writer.need(8);
  writer.varint(fields.length);
  for (const field of fields) {
    writer.string(field.name);
    writer.need(1);
    writer.bytes[writer.at++] = field.type;
  }
  const end = writer.at;
  writer.at = start;
  writer.uint32(end - start - 4);
  writer.at = end;
}

/** A shape as the decoder wants it; not `plain` when an assignment would swallow one of its names. */
export type DecodedShape = {
  scenario: string;
  names: string[];
  types: FieldType[];
  plain: boolean;
};

// Shapes come again in every group: one met before, byte for byte, is not made anew.
const decodedShapes = new Map<string, DecodedShape>();

/** The shapes that stand from the reader's place to `end`. */
export function readShapes(reader: ByteReader, end: number): DecodedShape[] {
  const found: DecodedShape[] = [];
  while (reader.at < end) {
    const length = reader.uint32();
    const from = reader.at;
    const key = Buffer.from(reader.bytes.buffer, reader.bytes.byteOffset + from, length).toString(
      "latin1",
    );
    let shape = decodedShapes.get(key);
    if (!shape) {
      shape = readShape(reader);
      if (decodedShapes.size >= SHAPES_MAX) decodedShapes.clear();
      decodedShapes.set(key, shape);
    }
    reader.at = from + length;
    found.push(shape);
  }
  return found;
}

function readShape(reader: ByteReader): DecodedShape {
  const shape: DecodedShape = { scenario: reader.string(), names: [], types: [], plain: true };
  const count = reader.varint();
  for (let i = 0; i < count; i++) {
    const name = internal(reader.string());
    if (name === "__proto__") shape.plain = false;
    shape.names.push(name);
    shape.types.push(reader.bytes[reader.at++] as FieldType);
  }
  return shape;
}

// V8 stores by an internalized key several times faster, and only a property name is one for sure.
const internal = (name: string): string => Object.keys({ [name]: 0 })[0]!;
