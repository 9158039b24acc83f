import type { Language, Text } from "../src/core/text.ts";
import { fill } from "../src/messages/say.ts";
import { simulatorMessages } from "../src/messages/simulators.ts";

export type SimulatorKey = keyof typeof simulatorMessages;
type Params = Readonly<Record<string, string | number | Text>>;

/**
 * A text of the simulators in both languages, its places filled; a place may be filled with a text
 * that has both too.
 */
export function told(key: SimulatorKey, params: Params = {}): Text {
  const inLanguage = (language: Language): string => {
    const words = Object.entries(params).map(([name, word]) => [
      name,
      typeof word === "object" ? word[language] : word,
    ]);
    return fill(simulatorMessages[key][language], Object.fromEntries(words));
  };
  return { zh: inLanguage("zh"), en: inLanguage("en") };
}

/**
 * What a tester asked for cannot be done; says which field, what it was, and what would be right,
 * in both languages.
 */
export class Complaint extends Error {
  readonly text: Text;

  constructor(key: SimulatorKey, params: Params = {}) {
    const text = told(key, params);
    super(text.en);
    this.text = text;
  }
}
