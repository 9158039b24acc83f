// Where every thread begins: it takes its place behind the others, and loads its own file, from the cache of compiled code where
// there is one.

import { setPriority } from "node:os";
import { workerData } from "node:worker_threads";
import { rememberCode } from "../compile-cache.ts";

const { file, nice } = workerData as { file: string; nice: number };
// On Linux 0 is the thread that asks; elsewhere it would be the whole process.
if (process.platform === "linux" && nice > 0) setPriority(0, nice);
rememberCode();
await import(file);
