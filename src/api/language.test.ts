import { expect, test } from "vitest";
import { languageOf } from "./language.ts";

test.each([
  [undefined, undefined, "zh"],
  [undefined, "en-GB,en;q=0.9", "en"],
  [undefined, "de, en;q=0.5, zh;q=0.4", "en"],
  [undefined, "en;q=0.3, zh-CN;q=0.8", "zh"],
  [undefined, "fr", "zh"],
  [undefined, ";;q=,,en;q=x", "zh"],
  ["en", "zh-CN", "en"],
  ["tlh", "en", "en"],
  [["en", "zh"], undefined, "zh"],
])("?lang=%s and Accept-Language %s give %s", (lang, accept, language) => {
  expect(languageOf(lang, accept)).toBe(language);
});
