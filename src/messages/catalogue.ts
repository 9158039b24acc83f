// Every text that a person may see and that does not belong to one scenario, quarantine reason or problem. Keys by room.

import type { Text } from "../core/text.ts";
import { alertMessages } from "./alerts.ts";
import { apiMessages } from "./api.ts";
import { caseMessages } from "./cases.ts";
import { cliMessages } from "./cli.ts";
import { ingestMessages } from "./ingest.ts";
import { registerMessages } from "./register.ts";
import { simulatorMessages } from "./simulators.ts";
import { workshopMessages } from "./workshop.ts";

export const catalogue = {
  ...cliMessages,
  "brand.name": { zh: "社区大脑", en: "Community Brain" },
  ...apiMessages,
  ...alertMessages,
  ...caseMessages,
  ...registerMessages,
  ...ingestMessages,
  ...simulatorMessages,
  ...workshopMessages,
} as const satisfies Record<string, Text>;
