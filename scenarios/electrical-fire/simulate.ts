import { type Moment, minuteOfDay } from "#scenario";
import type { Reading, Site } from "./schema.ts";

/** How much of its rated current a circuit carries, by the hour of the street. */
function load(at: number): number {
  const hour = minuteOfDay(at) / 60;
  const noon = Math.exp(-(((hour - 12) / 1.5) ** 2));
  const evening = Math.exp(-(((hour - 19.5) / 2.5) ** 2));
  return 0.15 + 0.2 * noon + 0.4 * evening;
}

/** Where the register names no rated current. */
const RATED_A = 100;
/** One reading in so many sees a switch that sparks. */
const SPARK_EVERY = 400;

/** What a monitor sends in one message, heat and power in turn. */
const FRAMES: readonly (readonly (keyof Reading)[])[] = [
  [
    "residualMa",
    "temperatureACel",
    "temperatureBCel",
    "temperatureCCel",
    "temperatureNCel",
    "boxCel",
    "arcHalfCycles",
  ],
  [
    "currentAA",
    "currentBA",
    "currentCA",
    "voltageAV",
    "voltageBV",
    "voltageCV",
    "switchOn",
    "activePowerW",
  ],
];

/** A board in a stairwell: its contacts follow its load, its voltage sinks a little under it. */
export function simulate(moment: Moment<Site>): Reading | null {
  if (moment.incident === "outage") return null;
  const whole = board(moment);
  const frame = FRAMES[Math.floor(moment.minute) % FRAMES.length]!;
  return Object.fromEntries(frame.map((field) => [field, whole[field]]));
}

function board({ site, at, rng, incident, minutesIn }: Moment<Site>): Reading {
  const { ratedA = RATED_A, naturalMa = 40 } = site;
  const share = incident === "overload" ? 1.2 : load(at);
  const warmth = Math.sin(((minuteOfDay(at) - 540) / 1_440) * 2 * Math.PI);
  const boxCel = 24 + 4 * warmth + 3 * share;
  const contact = () => round(boxCel + 16 * Math.min(1, share) ** 2 + rng.gauss(0, 0.3), 1);
  const amps = () => round(ratedA * share * (1 + rng.gauss(0, 0.01)), 1);
  const volts = () => round(229 - 5 * share + rng.gauss(0, 0.7), 1);
  const healthy: Reading = {
    residualMa: round(Math.abs(rng.gauss(naturalMa + 15 * share, 3)), 0),
    temperatureACel: contact(),
    temperatureBCel: contact(),
    temperatureCCel: contact(),
    temperatureNCel: contact(),
    boxCel: round(boxCel, 1),
    currentAA: amps(),
    currentBA: amps(),
    currentCA: amps(),
    voltageAV: volts(),
    voltageBV: volts(),
    voltageCV: volts(),
    arcHalfCycles: rng.next() < 1 / SPARK_EVERY ? 1 + Math.floor(3 * rng.next()) : 0,
    switchOn: true,
    activePowerW: round(3 * 220 * ratedA * share, 0),
  };
  return { ...healthy, ...troubled(incident, minutesIn, healthy, naturalMa) };
}

const dark = { currentAA: 0, currentBA: 0, currentCA: 0, activePowerW: 0 } as const;

function troubled(
  incident: string | undefined,
  minutesIn: number,
  { boxCel = 24, temperatureBCel = 24 }: Reading,
  naturalMa: number,
): Partial<Reading> {
  switch (incident) {
    case "dampWire":
      return { residualMa: 2 * naturalMa + 340 };
    case "earthFault":
      return { residualMa: 4 * naturalMa + 640 };
    case "looseJoint":
      return { temperatureBCel: round(Math.min(125, temperatureBCel + 2.2 * minutesIn), 1) };
    case "warmJoint":
      return { temperatureBCel: round(Math.min(boxCel + 43, temperatureBCel + 2 * minutesIn), 1) };
    case "flare":
      return { temperatureBCel: round(temperatureBCel + Math.min(30, 5 * minutesIn), 1) };
    case "arcing":
      return { arcHalfCycles: Math.floor(minutesIn) % 3 === 0 ? 22 : 6 };
    case "lostNeutral":
      return { voltageAV: 251.2, voltageBV: 188.4 };
    case "trippedBoard":
    case "blackout":
      return { ...dark, voltageAV: 0, voltageBV: 0, voltageCV: 0 };
    default:
      return {};
  }
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
