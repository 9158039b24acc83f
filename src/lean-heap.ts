import { setFlagsFromString } from "node:v8";

/**
 * Lets the heaps of all threads grow by a fifth at a time. V8 would let them double before it looks for what is no longer
 * needed: with 19,000 connections the door alone kept 170 MB of that (bench memory: 855 MB so, 695 MB with this).
 */
export const keepHeapsLean = (): void => setFlagsFromString("--heap-growing-percent=20");
