// Where `brain` begins: nothing but the cache of compiled code comes before the command line.

import { rememberCode } from "../compile-cache.ts";

rememberCode();
await import("./program.ts");
