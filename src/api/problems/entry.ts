import type { Text } from "../../core/text.ts";

/**
 * What a problem says: `title` always the same, `detail` about this time, `remedy` what to do now. `{name}` is a parameter; a
 * part in [brackets] is left out where one of its parameters is not given.
 */
export type ProblemEntry = { status: number; title: Text; detail: Text; remedy: Text };
