// What people call sites and units. Read once and kept for half a minute, since a name is asked for with every alert.

import type { Language, Text } from "../core/text.ts";
import { type Duration, type Instant, seconds } from "../core/time.ts";
import type { RecordsReader } from "../store/records.ts";

export type Names = {
  /** The site's name; its id where the register has none. */
  site(id: string, language: Language): Promise<string>;
  unit(id: string, language: Language): Promise<string>;
};

const KEEP: Duration = seconds(30);
const MOST = 50_000;

/** `now` is real time, ms. */
export function namesOf(records: RecordsReader, now: () => Instant): Names {
  const shelf = (kind: "site" | "unit") => {
    const kept = new Map<string, { name: Promise<Text | null>; at: Instant }>();
    const read = async (id: string) => (await records.entity(kind, id))?.name ?? null;
    return async (id: string, language: Language) => {
      let found = kept.get(id);
      if (!found || now() - found.at >= KEEP) {
        if (kept.size >= MOST) kept.clear();
        const name = read(id);
        name.catch(() => kept.delete(id)); // asked again next time; who waits for it hears of the failure
        found = { name, at: now() };
        kept.set(id, found);
      }
      return (await found.name)?.[language] ?? id;
    };
  };
  return { site: shelf("site"), unit: shelf("unit") };
}
