// What a TypeBox validator finds wrong, in the words of both languages: which field, and what it
// must be.

import type { TLocalizedValidationError } from "typebox/error";
import type { Text } from "../core/text.ts";

/** One field that does not fit its schema. `field` is a dotted path, empty for the whole value. */
export type Fault = {
  field: string;
  kind: "missing" | "unknown" | "wrong";
  wanted: Text;
  keyword: string;
};

const both = (zh: string, en: string): Text => ({ zh, en });
const same = (text: string): Text => both(text, text);

const types: Record<string, Text> = {
  string: both("文本", "a text"),
  number: both("有限数值", "a finite number"),
  integer: both("整数", "a whole number"),
  boolean: both("true 或 false", "true or false"),
  array: both("列表", "a list"),
  object: both("对象", "an object"),
  null: both("空", "null"),
};

/** Each field once, in the order found; a choice of constants is one fault that names them all. */
export function explain(errors: readonly TLocalizedValidationError[]): Fault[] {
  const choices = errors.filter((error) => error.keyword === "anyOf");
  const faults = errors.flatMap((error) => {
    // The branches of a choice and the false schema behind an unknown field say nothing of their
    // own.
    if (error.keyword === "boolean" || choices.some((choice) => within(error, choice))) return [];
    return faultsOf(error, errors);
  });
  return faults.filter(
    (fault, i) => faults.findIndex((other) => other.field === fault.field) === i,
  );
}

const within = (error: TLocalizedValidationError, choice: TLocalizedValidationError): boolean =>
  error !== choice && error.schemaPath.startsWith(`${choice.schemaPath}/anyOf/`);

function faultsOf(
  error: TLocalizedValidationError,
  errors: readonly TLocalizedValidationError[],
): Fault[] {
  const field = dotted(error.instancePath);
  const { keyword } = error;
  if (keyword === "required")
    return error.params.requiredProperties.map((name) => ({
      field: joined(field, name),
      kind: "missing",
      wanted: same(""),
      keyword,
    }));
  if (keyword === "additionalProperties")
    return error.params.additionalProperties.map((name) => ({
      field: joined(field, name),
      kind: "unknown",
      wanted: same(""),
      keyword,
    }));
  return [{ field, kind: "wrong", wanted: wantedBy(error, errors), keyword }];
}

function wantedBy(
  error: TLocalizedValidationError,
  errors: readonly TLocalizedValidationError[],
): Text {
  switch (error.keyword) {
    case "type": {
      const first = [error.params.type].flat()[0] ?? "";
      return types[first] ?? same(first);
    }
    case "minimum":
      return both(`不小于 ${error.params.limit}`, `at least ${error.params.limit}`);
    case "maximum":
      return both(`不大于 ${error.params.limit}`, `at most ${error.params.limit}`);
    case "exclusiveMinimum":
      return both(`大于 ${error.params.limit}`, `more than ${error.params.limit}`);
    case "exclusiveMaximum":
      return both(`小于 ${error.params.limit}`, `less than ${error.params.limit}`);
    case "minLength":
    case "minItems":
      return both(`至少 ${error.params.limit} 项（字）`, `of length ${error.params.limit} or more`);
    case "maxLength":
    case "maxItems":
      return both(`至多 ${error.params.limit} 项（字）`, `of length ${error.params.limit} or less`);
    case "const":
      return same(String(error.params.allowedValue));
    case "enum":
      return oneOf(error.params.allowedValues);
    case "anyOf":
      return oneOf(
        errors.flatMap((other) =>
          within(other, error) && other.keyword === "const" ? [other.params.allowedValue] : [],
        ),
      );
    case "pattern":
      return both(`符合 ${error.params.pattern}`, `of the form ${error.params.pattern}`);
    default:
      return both(
        `符合 ${error.keyword} 的规定`,
        error.message.replace(/^must /, "what it must: "),
      );
  }
}

const oneOf = (values: readonly unknown[]): Text =>
  both(`下列之一：${values.join("、")}`, `one of ${values.join(", ")}`);

const joined = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);

/** A JSON pointer (RFC 6901) as people write a path. */
const dotted = (pointer: string): string =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".");
