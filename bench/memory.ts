import { bench } from "./parts/bench.ts";
export const memory = bench("", {}, async () => ({ result: {}, told: [], failures: [] }));
