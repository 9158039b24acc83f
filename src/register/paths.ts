// Values inside values, by the steps that lead there. Only what a value has itself is found: no
// step leads to a prototype.

export type Tree = Record<string, unknown>;

/** The steps of a dotted path; none for the empty one. */
export const stepsOf = (path: string): string[] => (path === "" ? [] : path.split("."));

/** What stands there; undefined: nothing. */
export function valueAt(value: unknown, steps: readonly string[]): unknown {
  let found = value;
  for (const step of steps)
    found =
      found !== null && typeof found === "object" && Object.hasOwn(found, step)
        ? (found as Tree)[step]
        : undefined;
  return found;
}

/**
 * Sets what stands there; undefined takes it away, with every object that is left empty by that but
 * the outermost of facts.
 */
export function putAt(tree: Tree, steps: readonly string[], value: unknown): void {
  const [step, ...rest] = steps as [string, ...string[]];
  if (rest.length === 0) {
    if (value === undefined) delete tree[step];
    else tree[step] = value;
    return;
  }
  const below = (Object.hasOwn(tree, step) ? tree[step] : {}) as Tree;
  putAt(below, rest, value);
  if (Object.keys(below).length > 0 || step === "facts") tree[step] = below;
  else delete tree[step];
}
