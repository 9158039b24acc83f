import { bench } from "./parts/bench.ts";
export const store = bench("", {}, async () => ({ result: {}, told: [], failures: [] }));
