export { above } from "./above.ts";
export { silent } from "./silent.ts";
