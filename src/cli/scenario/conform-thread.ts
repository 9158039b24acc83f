// Conformance in a thread of its own, so that the timelines run beside it.

import { parentPort, workerData } from "node:worker_threads";
import { conform } from "./conform.ts";
import { scenarioIn } from "./fresh.ts";

parentPort!.postMessage(conform(await scenarioIn(String(workerData))));
