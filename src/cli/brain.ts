// Where `brain` begins: nothing but what concerns the whole process comes before the command line.

import { rememberCode } from "../compile-cache.ts";
import { keepHeapsLean } from "../lean-heap.ts";

keepHeapsLean();
rememberCode();
await import("./program.ts");
