import { Exit } from "./exit.ts";
import { tell } from "./speech.ts";

/** The number an option was given as; ends the command where it is none. */
export function numberOf(option: string, value: string): number {
  const number = Number(value);
  if (value.trim() !== "" && Number.isFinite(number) && number >= 0) return number;
  throw new Exit("usage", tell("number.wrong", { option, value }));
}
