// What the verdicts of closed cases say of a rule: how often it was right, and what a change would
// have missed or spared.

import type { Case } from "../cases/case.ts";
import type { Comparison, Outline } from "./compare.ts";

/** Of alerts whose case was closed with a verdict; `precision` is null where there is none. */
export type Precision = {
  rule: string;
  /** Told by the trial and found true, or found false. */
  right: number;
  wrong: number;
  precision: number | null;
  /** On record and found true, but not told by the trial; and found false, and spared. */
  missed: number;
  spared: number;
};

/** By rule, in the order of their names. Duplicates and cases that needed no action say neither. */
export function precisionOf(compared: Comparison, cases: readonly Case[]): Precision[] {
  const verdicts = new Map(
    cases.flatMap(({ alertIds, verdict }) => alertIds.map((id) => [id, verdict] as const)),
  );
  const found = new Map<string, Omit<Precision, "precision">>();
  const count = (live: Outline, told: boolean) => {
    const verdict = verdicts.get(live.id);
    if (verdict !== "true" && verdict !== "false") return;
    const { rule } = live;
    const own = found.get(rule) ?? { rule, right: 0, wrong: 0, missed: 0, spared: 0 };
    found.set(rule, own);
    if (told) own[verdict === "true" ? "right" : "wrong"]++;
    else own[verdict === "true" ? "missed" : "spared"]++;
  };
  for (const { live } of compared.unchanged) count(live, true);
  for (const { kind, live } of compared.differences) if (live) count(live, kind !== "gone");
  return [...found.values()]
    .sort((a, b) => (a.rule < b.rule ? -1 : 1))
    .map((one) => {
      const all = one.right + one.wrong;
      return { ...one, precision: all === 0 ? null : one.right / all };
    });
}
