import { bench } from "./parts/bench.ts";
export const engine = bench("", {}, async () => ({ result: {}, told: [], failures: [] }));
