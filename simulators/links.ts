// The connections of a fleet: one for every gateway that speaks for somebody, and one for every
// sensor that speaks for itself.

import type { IClientOptions } from "mqtt";
import type { Sensor } from "../src/register/entities.ts";
import { chanceFor } from "../src/register/street/chance.ts";
import { Complaint } from "./complaint.ts";
import { Link } from "./link.ts";
import type { Population } from "./population.ts";

export type LinksOptions = {
  population: Population;
  url: string;
  /** The secret of a sensor's or gateway's credential. */
  secretOf(id: string): string | undefined;
  seed: number;
  client?: IClientOptions;
  /**
   * How long to wait for all of them to come up before going on with those that did; default 60 s.
   */
  patienceMs?: number;
  signal?: AbortSignal;
  onProgress?(up: number, of: number): void;
};

export type Links = {
  all: readonly Link[];
  /** The link that a sensor's readings go by, and the topic that they are published under. */
  of(sensor: Sensor): { link: Link; topic: string };
  get(id: string): Link | undefined;
  up(): number;
  /** How often a connection broke or was refused, and what was said last. */
  troubles(): { count: number; last: string };
  /** Every one says goodbye and disconnects. */
  close(): Promise<void>;
};

/**
 * So many connect at once: a broker's backlog is short, and each waits 5 s at most to be let in.
 */
const AT_ONCE = 100;

/** Connects them all. Throws a Complaint when a secret is missing or nobody could connect. */
export async function openLinks(options: LinksOptions): Promise<Links> {
  const { population, url, secretOf, seed, patienceMs = 60_000, signal, client } = options;
  const links = new Map<string, Link>();
  const trouble = { count: 0, last: "" };
  const ids = new Set(population.sensors.map(speakerOf));
  const secrets = new Map([...ids].map((id) => [id, secretFor(id, secretOf)]));
  const open = (id: string): Link => {
    const link = new Link({
      url,
      id,
      secret: secrets.get(id)!,
      window: 1,
      rng: chanceFor(seed, "link", id),
      ...(client && { client }),
      onTrouble(_, why) {
        trouble.count++;
        trouble.last = why;
      },
    });
    links.set(id, link);
    return link;
  };
  await connectAll([...ids], open, patienceMs, options);
  const opened: Links = {
    all: [...links.values()],
    of: (sensor) => ({ link: links.get(speakerOf(sensor))!, topic: topicOf(sensor, population) }),
    get: (id) => links.get(id),
    up: () => opened.all.reduce((up, link) => up + (link.up ? 1 : 0), 0),
    troubles: () => ({ ...trouble }),
    close: () => closeAll(opened.all),
  };
  if (opened.up() === 0 && ids.size > 0 && !signal?.aborted) {
    await opened.close();
    throw new Complaint("simulators.nobody-connected", { url, why: trouble.last });
  }
  return opened;
}

const speakerOf = (sensor: Sensor): string => sensor.gatewayId ?? sensor.id;

/** A gateway publishes for all its sensors under the site it stands at. */
const topicOf = ({ id, siteId, gatewayId }: Sensor, { register }: Population): string =>
  gatewayId === undefined
    ? `readings/${siteId}/${id}`
    : `readings/${register.gateway(gatewayId)?.siteId ?? siteId}`;

function secretFor(id: string, secretOf: (id: string) => string | undefined): string {
  const secret = secretOf(id);
  if (secret === undefined) throw new Complaint("simulators.secret-missing", { id });
  return secret;
}

async function connectAll(
  ids: readonly string[],
  open: (id: string) => Link,
  patienceMs: number,
  { onProgress, signal }: LinksOptions,
): Promise<void> {
  const enough = new AbortController();
  const patience = setTimeout(() => enough.abort(), patienceMs);
  const stop = () => enough.abort();
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted) stop();
  const given = new Promise<void>((resolve) =>
    enough.signal.addEventListener("abort", () => resolve(), { once: true }),
  );
  const next = ids.values();
  let up = 0;
  const worker = async () => {
    for (const id of next) {
      const link = open(id);
      // Once patience is over the rest is opened all the same: each goes on trying by itself.
      if (enough.signal.aborted) continue;
      await Promise.race([link.connected(), given]);
      if (link.up) onProgress?.(++up, ids.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  clearTimeout(patience);
  signal?.removeEventListener("abort", stop);
}

async function closeAll(links: readonly Link[]): Promise<void> {
  const next = links.values();
  const worker = async () => {
    for (const link of next) await link.close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
