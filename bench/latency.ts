import { bench } from "./parts/bench.ts";
export const latency = bench("", {}, async () => ({ result: {}, told: [], failures: [] }));
