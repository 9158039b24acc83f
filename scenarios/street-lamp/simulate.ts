import { between, type Moment } from "#scenario";
import { scheduled } from "./schedule.ts";
import type { Reading, Site } from "./schema.ts";

/** The sky over the street; its controller switches a few minutes into the dark. */
const sky = { latitudeDeg: 31.28, longitudeDeg: 121.45, graceMin: 5 };

type State = Pick<Reading, "powerState"> & { circuitOn: boolean };

/** How it is switched: dimmed after midnight, when few walk. */
function switched(site: Site, at: number, incident: string | undefined): State {
  const wanted = scheduled(sky, site, at) ?? "on";
  if (incident === "burning") return { powerState: "on", circuitOn: true };
  const circuitOn = wanted === "on" && incident !== "circuitOut" && incident !== "dim";
  if (!circuitOn || incident === "lampOut") return { powerState: "off", circuitOn };
  return { powerState: between(at, 0, 5) ? "low" : "on", circuitOn };
}

const currentA: Readonly<Record<Reading["powerState"], number>> = { on: 0.62, low: 0.36, off: 0 };
const lightLx: Readonly<Record<Reading["powerState"], number>> = { on: 18, low: 9, off: 0.4 };

/** A lamp that is lit from dusk to dawn on a pole that stands upright and insulated. */
export function simulate({ site, at, rng, incident }: Moment<Site>): Reading | null {
  if (incident === "outage") return null;
  const { powerState, circuitOn } = switched(site, at, incident);
  const near = (mean: number) => Math.max(0, rng.gauss(mean, 0.03 * mean));
  const healthy: Reading = {
    powerState,
    status: incident === "lampOut" ? "defectiveLamp" : "ok",
    circuitOn,
    voltageV: round(circuitOn ? rng.gauss(229, 1.5) : 0, 1),
    currentA: round(near(currentA[powerState]), 3),
    powerFactor: powerState === "off" ? 0 : 0.95,
    illuminanceLx: round(near(lightLx[powerState]), 1),
    leakageMa: round(Math.abs(rng.gauss(2.5, 0.5)), 1),
    tiltDeg: round(Math.abs(rng.gauss(0.6, 0.1)), 1),
    doorOpen: incident === "opened",
  };
  return { ...healthy, ...troubled(incident) };
}

function troubled(incident: string | undefined): Partial<Reading> {
  switch (incident) {
    case "leaking":
      return { leakageMa: 46 };
    case "live":
      return { leakageMa: 160 };
    case "leaning":
      return { tiltDeg: 7.5, status: "columnIssue" };
    case "struck":
      return { tiltDeg: 21, status: "columnIssue" };
    default:
      return {};
  }
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
