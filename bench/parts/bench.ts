// The form of a bench: its options, and a run that ends with figures, a summary for people and what
// must not be.

import { parseArgs } from "node:util";
import type { Workshop } from "./workshop.ts";

export type Option = { asks: string; default?: string | false };

export type Outcome = {
  /** One line of JSON. */
  result: object;
  /** The same for people. */
  told: readonly string[];
  /** What makes the figures worthless, or breaks a promise: each ends the program with 1. */
  failures: readonly string[];
};

/** What was asked for; options that were not given have their defaults. */
export type Values = {
  text(name: string): string;
  /** A number; throws a RangeError that names the option where it is none. */
  number(name: string): number;
  numbers(name: string): number[];
  flag(name: string): boolean;
};

export type Bench = {
  about: string;
  options: Readonly<Record<string, Option>>;
  read(args: readonly string[]): { values: Values; wrong: string | null };
  run(shop: Workshop, values: Values): Promise<Outcome>;
};

/** An option whose default is false is a flag, any other takes a text. */
export function bench(
  about: string,
  options: Readonly<Record<string, Option>>,
  run: Bench["run"],
): Bench {
  return { about, options, run, read: (args) => read(options, args) };
}

function read(options: Bench["options"], args: readonly string[]): ReturnType<Bench["read"]> {
  const asked = Object.entries(options).map(([name, { default: usual }]) => {
    const type = usual === false ? ("boolean" as const) : ("string" as const);
    return [name, { type }] as const;
  });
  let given: Readonly<Record<string, string | boolean | undefined>> = {};
  let wrong: string | null = null;
  try {
    given = parseArgs({ args: [...args], options: Object.fromEntries(asked) }).values;
  } catch (error) {
    wrong = (error as Error).message;
  }
  const text = (name: string) => String(given[name] ?? options[name]?.default ?? "");
  const number = (name: string, part = text(name)) => {
    const value = Number(part);
    if (part.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
    throw new RangeError(`--${name} is "${part}": it takes a number that is not below 0`);
  };
  const values: Values = {
    text,
    number: (name) => number(name),
    numbers: (name) =>
      text(name)
        .split(",")
        .map((part) => number(name, part)),
    flag: (name) => given[name] === true,
  };
  return { values, wrong };
}
