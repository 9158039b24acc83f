import { bench } from "./parts/bench.ts";
export const recovery = bench("", {}, async () => ({ result: {}, told: [], failures: [] }));
