export { above } from "./above.ts";
export { below } from "./below.ts";
export type { Bounds } from "./bounds.ts";
export { condition } from "./condition.ts";
export { rise } from "./rise.ts";
export { offlineCase, silent } from "./silent.ts";
export { tally } from "./tally.ts";
export { together } from "./together.ts";
