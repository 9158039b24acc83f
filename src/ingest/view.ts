// What the door knows of the register: who may speak, for which sensors, in which form, and with whose consent.

import { Compile } from "typebox/compile";
import type { AnyScenario } from "../core/scenario.ts";
import type { Instant } from "../core/time.ts";
import type { Consent, Entities, EntityKind, RegisterChange } from "../register/entities.ts";
import type { Credential } from "./credential.ts";

/** The values that a scenario's sensors send, as the door checks them. */
export type Form = {
  /** Names of all fields there are. */
  fields: ReadonlySet<string>;
  /** True when the values fit the schema; does not look for fields beyond it. */
  fits(values: unknown): boolean;
  /** The first field that does not fit and what is asked of it ("" is the whole). */
  fault(values: unknown): { field: string; asks: string };
  /** Readings are about a person and need consent for this purpose. */
  purpose: string | null;
};

export type DoorSensor = {
  id: string;
  siteId: string;
  scenario: string;
  gatewayId: string | null;
  /** null when the sensor's scenario is not installed. */
  form: Form | null;
};

export interface DoorView {
  sensor(id: string): DoorSensor | undefined;
  /** The sensor whose own topic this is, letter for letter: readings/{its site}/{its id}. */
  speaksAt(topic: string): DoorSensor | undefined;
  /** Site where a gateway stands. */
  gatewaySite(id: string): string | undefined;
  credential(id: string): Credential | undefined;
  consented(siteId: string, purpose: string, at: Instant): boolean;
  /** True when what this sensor or gateway sends may be about a person: nothing of it is to be kept by the way. */
  personal(id: string): boolean;
}

/** A view that follows the register. */
export interface LiveView extends DoorView {
  /** Takes changes in the order of the log; returns credentials that are no longer good for a session. */
  apply(changes: readonly RegisterChange[]): readonly string[];
}

function formOf(scenario: AnyScenario): Form {
  const validator = Compile(scenario.reading);
  return {
    fields: new Set(Object.keys(scenario.reading.properties)),
    fits: (values) => validator.Check(values),
    fault(values) {
      const error = validator.Errors(values)[0];
      const missing =
        error?.keyword === "required" ? error.params.requiredProperties[0] : undefined;
      if (missing !== undefined) return { field: missing, asks: "is required" };
      const field = error?.instancePath.slice(1) ?? "";
      return { field, asks: error?.message ?? "does not fit the schema" };
    },
    purpose: scenario.consent?.purpose ?? null,
  };
}

const topicOf = (sensor: DoorSensor): string => `readings/${sensor.siteId}/${sensor.id}`;

/** Compiles every scenario's schema once; `changes` may be a whole register as puts. */
export function openDoorView(
  scenarios: readonly AnyScenario[],
  changes: readonly RegisterChange[] = [],
): LiveView {
  const view = new RegisterView(scenarios);
  view.apply(changes);
  return view;
}

type Secret = Pick<Entities["sensor"], "secretHash" | "previousSecret">;

class RegisterView implements LiveView {
  readonly #forms = new Map<string, Form>();
  readonly #sensors = new Map<string, DoorSensor>();
  readonly #topics = new Map<string, DoorSensor>();
  readonly #gatewaySites = new Map<string, string>();
  readonly #credentials = new Map<string, Credential>();
  readonly #consents = new Map<string, Consent>();
  /** Consents of a site, so that a reading looks at a handful. */
  readonly #consentsAt = new Map<string, Consent[]>();
  /** How many sensors on persons a gateway speaks for. */
  readonly #personalBehind = new Map<string, number>();

  constructor(scenarios: readonly AnyScenario[]) {
    for (const scenario of scenarios) this.#forms.set(scenario.id, formOf(scenario));
  }

  sensor(id: string): DoorSensor | undefined {
    return this.#sensors.get(id);
  }
  speaksAt(topic: string): DoorSensor | undefined {
    return this.#topics.get(topic);
  }
  gatewaySite(id: string): string | undefined {
    return this.#gatewaySites.get(id);
  }
  credential(id: string): Credential | undefined {
    return this.#credentials.get(id);
  }

  consented(siteId: string, purpose: string, at: Instant): boolean {
    const consents = this.#consentsAt.get(siteId);
    if (consents === undefined) return false;
    return consents.some(
      (consent) =>
        consent.purpose === purpose &&
        consent.givenAt <= at &&
        (consent.withdrawnAt === undefined || at < consent.withdrawnAt),
    );
  }

  personal(id: string): boolean {
    const purpose = this.#sensors.get(id)?.form?.purpose ?? null;
    return purpose !== null || (this.#personalBehind.get(id) ?? 0) > 0;
  }

  apply(changes: readonly RegisterChange[]): readonly string[] {
    const ended = new Set<string>();
    for (const change of changes) {
      if ("remove" in change) this.#remove(change.remove, change.id, ended);
      else if (change.put === "sensor") this.#putSensor(change.value, ended);
      else if (change.put === "gateway") this.#putGateway(change.value, ended);
      else if (change.put === "consent") this.#putConsent(change.value);
    }
    return [...ended];
  }

  #remove(kind: EntityKind, id: string, ended: Set<string>): void {
    if (kind === "sensor") {
      this.#forgetSensor(id);
      this.#putCredential(id, {}, ended);
    } else if (kind === "gateway") {
      this.#gatewaySites.delete(id);
      this.#putCredential(id, {}, ended);
    } else if (kind === "consent") {
      this.#forgetConsent(id);
    }
  }

  #putSensor(sensor: Entities["sensor"], ended: Set<string>): void {
    this.#forgetSensor(sensor.id);
    const known: DoorSensor = {
      id: sensor.id,
      siteId: sensor.siteId,
      scenario: sensor.scenario,
      gatewayId: sensor.gatewayId ?? null,
      form: this.#forms.get(sensor.scenario) ?? null,
    };
    this.#sensors.set(known.id, known);
    this.#topics.set(topicOf(known), known);
    this.#countPersonal(known, 1);
    this.#putCredential(known.id, sensor, ended);
  }

  #putGateway(gateway: Entities["gateway"], ended: Set<string>): void {
    this.#gatewaySites.set(gateway.id, gateway.siteId);
    this.#putCredential(gateway.id, gateway, ended);
  }

  #putConsent(consent: Consent): void {
    this.#forgetConsent(consent.id);
    this.#consents.set(consent.id, consent);
    const there = this.#consentsAt.get(consent.siteId);
    if (there === undefined) this.#consentsAt.set(consent.siteId, [consent]);
    else there.push(consent);
  }

  #forgetSensor(id: string): void {
    const known = this.#sensors.get(id);
    if (known === undefined) return;
    this.#sensors.delete(id);
    this.#topics.delete(topicOf(known));
    this.#countPersonal(known, -1);
  }

  #forgetConsent(id: string): void {
    const known = this.#consents.get(id);
    if (known === undefined) return;
    this.#consents.delete(id);
    const left = this.#consentsAt.get(known.siteId)?.filter((consent) => consent.id !== id) ?? [];
    if (left.length === 0) this.#consentsAt.delete(known.siteId);
    else this.#consentsAt.set(known.siteId, left);
  }

  #countPersonal(sensor: DoorSensor, by: 1 | -1): void {
    if (sensor.gatewayId === null || sensor.form === null || sensor.form.purpose === null) return;
    this.#personalBehind.set(
      sensor.gatewayId,
      (this.#personalBehind.get(sensor.gatewayId) ?? 0) + by,
    );
  }

  /** A secret that is neither the new one nor the one being rotated out ends the sessions that logged in with it. */
  #putCredential(id: string, { secretHash, previousSecret }: Secret, ended: Set<string>): void {
    const before = this.#credentials.get(id);
    if (secretHash === undefined) this.#credentials.delete(id);
    else if (previousSecret === undefined) this.#credentials.set(id, { hash: secretHash });
    else this.#credentials.set(id, { hash: secretHash, previous: previousSecret });
    if (before === undefined) return;
    if (before.hash !== secretHash && before.hash !== previousSecret?.hash) ended.add(id);
  }
}
