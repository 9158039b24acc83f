// Where every thread begins: it loads its own file, from the cache of compiled code where there is one.

import { workerData } from "node:worker_threads";
import { rememberCode } from "../compile-cache.ts";

rememberCode();
await import((workerData as { file: string }).file);
