// Whether a lamp must be lit now, by the sun, and whether it is.

import { type Instant, minutes, sunOf } from "#scenario";
import type { Params, Reading, Site } from "./schema.ts";

type Sky = Pick<Params, "latitudeDeg" | "longitudeDeg" | "graceMin">;

/**
 * What the schedule asks for; undefined around sunrise and sunset, when the switch may be a little
 * early or late, and where the sun tells nothing.
 */
export function scheduled(p: Sky, { schedule }: Site, at: Instant): "on" | "off" | undefined {
  if (schedule === "always") return "on";
  const sun = sunOf(at, p);
  if (sun === null) return undefined;
  const grace = minutes(p.graceMin);
  if (at < sun.riseAt - grace || at > sun.setAt + grace) return "on";
  if (at > sun.riseAt + grace && at < sun.setAt - grace) return "off";
  return undefined;
}

/** A dimmed lamp gives light; a broken one gives none, whatever its switch says. */
export const isLit = ({ powerState, status }: Reading): boolean =>
  powerState !== "off" && status !== "defectiveLamp" && status !== "brokenLantern";

/** What a lamp or its circuit does against the schedule; undefined where none is in force. */
export type Against = { lamp: boolean; circuit: boolean | undefined };

export function against(p: Sky, reading: Reading, site: Site, at: Instant): Against | undefined {
  const wanted = scheduled(p, site, at);
  if (wanted === undefined) return undefined;
  const isOn = wanted === "on";
  const { circuitOn } = reading;
  return {
    lamp: isOn ? !isLit(reading) : reading.powerState !== "off",
    circuit: circuitOn === undefined ? undefined : circuitOn !== isOn,
  };
}
