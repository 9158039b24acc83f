import type { Language } from "../core/text.ts";

const languages = ["zh", "en"] as const satisfies readonly Language[];

/** The language to answer in: `?lang=` first, then the best of Accept-Language that we have, then Chinese. */
export function languageOf(lang: unknown, accept: string | undefined): Language {
  const asked = languages.find((one) => one === lang);
  if (asked) return asked;
  let best: { language: Language; weight: number } = { language: "zh", weight: 0 };
  for (const range of (accept ?? "").slice(0, 200).split(",")) {
    const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
    const language = languages.find((one) => tag === one || tag.startsWith(`${one}-`));
    const q = parameters.find((parameter) => parameter.trim().startsWith("q="));
    const weight = q ? Number(q.trim().slice(2)) : 1;
    if (language && weight > best.weight) best = { language, weight };
  }
  return best.language;
}
