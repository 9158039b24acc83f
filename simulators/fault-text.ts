// Faults as a tester writes them on the command line or in a storyline.

import { type Duration, type Instant, minutes } from "#scenario";
import { Complaint } from "./complaint.ts";
import type { Fault } from "./faults.ts";

/**
 * Reads what a tester writes: `drop:2%`, `duplicate:1%`, `delay:5%:90s`, `reorder:2%`,
 * `skew:10%:-3min`, `stuck:1%`, `drift:5%:20%` (per hour), `spike:0.1%:10`,
 * `reboot-storm:30%@10min+2min`, `battery:2%@30min+60min`, `gateway-loss:<id>@<from>+<for>` as in
 * `gateway-loss:gw-3@10min+5min`. Throws a Complaint that quotes what cannot be read.
 */
export function readFault(text: string, startAt: Instant): Fault {
  const [kind, first = "", second, ...rest] = text.split(":");
  const wrong = () => new Complaint("simulators.fault-unreadable", { text });
  if (rest.length > 0) throw wrong();
  if (kind === "gateway-loss" || kind === "reboot-storm" || kind === "battery") {
    const span = spanOf(first, startAt);
    if (!span || second !== undefined) throw wrong();
    const { who, from, to } = span;
    if (kind === "gateway-loss") return { kind, gatewayId: who, from, to };
    const share = shareOf(who);
    if (share === null) throw wrong();
    return { kind, share, from, to };
  }
  const share = shareOf(first);
  if (share === null) throw wrong();
  if (kind === "drop" || kind === "duplicate" || kind === "reorder" || kind === "stuck") {
    if (second !== undefined) throw wrong();
    return { kind, share };
  }
  if (kind === "delay" || kind === "skew") {
    const by = durationOf(second ?? "");
    if (by === null || (kind === "delay" && by <= 0)) throw wrong();
    return { kind, share, by };
  }
  const perHour = shareOf(second ?? "");
  if (kind === "drift" && perHour !== null) return { kind, share, perHour };
  if (kind === "spike" && second && Number.isFinite(Number(second)))
    return { kind, share, by: Number(second) };
  throw wrong();
}

/** `<who>@<from>+<for>`, counted from the start of the run. */
function spanOf(
  text: string,
  startAt: Instant,
): { who: string; from: Instant; to: Instant } | null {
  const [, who, from, lasts] = /^([\w.%-]+)@([\d.]+\w+)\+([\d.]+\w+)$/.exec(text) ?? [];
  const [begins, takes] = [durationOf(from ?? ""), durationOf(lasts ?? "")];
  if (!who || begins === null || takes === null) return null;
  return { who, from: startAt + begins, to: startAt + begins + takes };
}

function shareOf(text: string): number | null {
  const [, number, percent] = /^([\d.]+)(%?)$/.exec(text) ?? [];
  const share = Number(number ?? "x") / (percent ? 100 : 1);
  return share >= 0 && share <= 1 ? share : null;
}

const units: Readonly<Record<string, Duration>> = {
  ms: 1,
  s: 1_000,
  min: minutes(1),
  h: minutes(60),
};

function durationOf(text: string): Duration | null {
  const [, number, unit] = /^(-?[\d.]+)(ms|s|min|h)$/.exec(text) ?? [];
  const duration = Number(number ?? "x") * (units[unit ?? ""] ?? Number.NaN);
  return Number.isFinite(duration) ? duration : null;
}
