import type { Language, Text } from "../core/text.ts";
import { catalogue } from "./catalogue.ts";

export type MessageKey = keyof typeof catalogue;

/** A text of the catalogue in one language, its `{name}` places filled. A missing parameter is a bug and shows as {name}. */
export function say(
  language: Language,
  key: MessageKey,
  params: Readonly<Record<string, string | number>> = {},
): string {
  return fill((catalogue as Record<string, Text>)[key]![language], params);
}

/** Fills the `{name}` places of any text. */
export const fill = (text: string, params: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place));
