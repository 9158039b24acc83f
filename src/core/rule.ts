import type { AlertPolicy } from "./alert.ts";
import type { Grade, Level } from "./level.ts";
import type { Text } from "./text.ts";
import type { Duration, Instant } from "./time.ts";

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * What a rule says about one subject at one instant. `unknown` neither fires nor clears. `lingers`,
 * with level ok: no longer bad enough to raise an alert, not yet good enough to clear one
 * (hysteresis). `note` is a short fact for the evidence ("partial:2/7"); numbers and codes, never a
 * person's name.
 */
export type Signal = {
  level: Level | "unknown";
  value?: number | undefined;
  lingers?: true | undefined;
  note?: string | undefined;
};

/**
 * What a rule that listens to other scenarios is told: a transition on its own site or on one below
 * it.
 */
export type Heard = {
  scenario: string;
  rule: string;
  change: "fired" | "escalated" | "reopened" | "latched" | "resolved";
  level: Grade;
  siteId: string;
  alertId: string;
};

/**
 * Why a rule is asked: a reading came in, the instant it asked to be woken at has come, or it heard
 * of another scenario. `site` is what the register says of the site now. A reading judged here has
 * quality good.
 */
export type Event<R, F> =
  | { kind: "reading"; sensorId: string; reading: R; receivedAt: Instant; site: F }
  | { kind: "wake"; site: F }
  | { kind: "heard"; heard: Heard; site: F };

/** A rule's answer. No signal: nothing new to say. No wakeAt: only the next event matters. */
export type Verdict<S> = { state: S; signal?: Signal | undefined; wakeAt?: Instant | undefined };

/**
 * Where a number comes from. A standard carries its edition; everything else is the operator's to
 * change. `unverified`: quoted from memory or at second hand; read the standard itself before
 * relying on edition and clause.
 */
export type Source =
  | {
      kind: "standard";
      title: string;
      edition: string;
      effectiveFrom?: string;
      clause?: string;
      unverified?: true;
    }
  | { kind: "register"; title: string }
  | { kind: "operator-default" };

export const operatorDefault: Source = { kind: "operator-default" };

/**
 * A bound that can be drawn beside the readings: `field` crosses `bound` in the direction of
 * `when`.
 */
export type Threshold = {
  field: string;
  when: "at-or-above" | "below";
  bound: number;
  level: Grade;
  clear?: number;
};

/**
 * What an operator does on this alert, how soon, and what happens otherwise (ISA-18.2 alarm
 * rationale).
 */
export type Rationale = {
  act: Text;
  within: Duration;
  otherwise: Text;
  /**
   * Alerts that are to be expected of a thousand of its sensors in a week, by the worst level that
   * each reaches; an estimate, until the street's own record says better.
   */
  load?: Readonly<Partial<Record<Grade, number>>>;
};

/** One question about one subject. Pure: same state, event and instant, same verdict. */
export interface Rule<R, F, S extends Json = Json> {
  /** The question in words; it titles the alert and the docs. */
  asks: Text;
  /** One sensor (the default), or all sensors of one site. */
  subject?: "sensor" | "site";
  initial: S;
  /** Raised when S changes shape: saved state is dropped, the alert is kept. Default 1. */
  version?: number;
  /** Where the numbers of this rule come from; never empty. */
  sources: readonly Source[];
  rationale: Rationale;
  alert: AlertPolicy;
  /**
   * Speaks when nothing is heard: bad readings do not count as heard, and our own downtime is not
   * held against the sensor.
   */
  silence?: true;
  /** Other scenarios' rules whose transitions it is told of; such a rule has subject "site". */
  hears?: readonly { scenario: string; rule: string }[];
  /**
   * With `hears`: the kind of site it lives at (the nearest site of that kind, upwards). Default:
   * the very site.
   */
  at?: string;
  /**
   * While an alert of this rule is open, it stands for the alerts of those rules at its site and
   * below: they mute nobody's judging, but tell nobody and open no case. Life safety stays.
   */
  covers?: readonly { scenario: string; rule: string }[];
  /** The bounds in force at a site, for the evidence and the plot. */
  thresholds?(site: F): readonly Threshold[];
  judge(state: S, event: Event<R, F>, at: Instant): Verdict<S>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of many kinds; each was typed where defined.
export type AnyRule = Rule<any, any, any>;
export type Rules = Readonly<Record<string, AnyRule>>;

/** Declares a rule whose state is of type S. */
export const defineRule = <R, S extends Json, F = unknown>(rule: Rule<R, F, S>): Rule<R, F, S> =>
  rule;
