// The broker: aedes, hardened. It lets in who has a credential, hands what they publish to the door's loop, and forwards
// nothing between them.

import { partsOf, TakingAedes } from "./aedes-parts.ts";
import { type HookParts, Hooks } from "./hooks.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { type Addresses, type Listen, type Listeners, openListeners } from "./listeners.ts";
import { seldom } from "./seldom.ts";
import { Session } from "./session.ts";

export type BrokerOptions = HookParts & { listen: Listen; limits?: Partial<Limits> };

/** Since the broker began, except `clients` and `connections`, which are now. */
export type BrokerCounts = {
  clients: number;
  connections: number;
  connectionsRefused: number;
  loginsRefused: number;
  takeovers: number;
  subscriptionsRefused: number;
  /** Messages of any QoS that came, good or bad. */
  received: number;
  /** Messages of QoS 1 and 2 that were acknowledged. */
  acknowledged: number;
  /** Messages that could not be put on disk; their senders were closed. */
  failed: number;
  qos0Dropped: number;
  /** Clients closed because they broke the protocol, were silent or did not read. */
  clientsClosed: number;
};

export type Broker = {
  addresses: Addresses;
  counts(): BrokerCounts;
  /** Publishes to commands/{id}, at QoS 1; resolves when it is on its way to the client, if that is there. */
  command(id: string, payload: Buffer): Promise<void>;
  /** Closes the sessions of credentials that are no longer good. */
  disconnect(ids: readonly string[]): void;
  /** Lets nobody in, closes the loop so that what was taken is answered, and ends; within 3 seconds. */
  close(): Promise<void>;
};

/** Waits for the loop, and for the clients, no longer than so. */
const LOOP_MS = 2_000;
const CLIENTS_MS = 500;

/** Opens all listeners; rejects with the address when one cannot be opened. */
export async function openBroker(options: BrokerOptions): Promise<Broker> {
  const limits = { ...defaultLimits, ...options.limits };
  const hooks = new Hooks(options, limits);
  const aedes = new TakingAedes({
    ...hooks.answers,
    concurrency: 0,
    connectTimeout: limits.connectMs,
    drainTimeout: limits.drainMs,
    maxInflightInbound: 100,
    maxClientsIdLength: 64,
  });
  hooks.attach(aedes);
  await aedes.listen();
  const report = seldom(options.report, options.now);
  let connectionsRefused = 0;
  const listeners = await openListeners({
    listen: options.listen,
    connections: {
      most: limits.connections,
      mostPerAddress: limits.connectionsPerAddress,
      greetingMs: limits.connectMs,
    },
    onStream: (socket, address) => new Session(partsOf(aedes.handle(socket)), address, hooks),
    onRefused(address, of) {
      connectionsRefused++;
      const [key, most] =
        of === "all"
          ? (["ingest.connections-full", limits.connections] as const)
          : (["ingest.address-full", limits.connectionsPerAddress] as const);
      report({ level: "warn", key, params: { address, most } }, address);
    },
    onError(address, error) {
      const params = { address, reason: error.message };
      report({ level: "error", key: "ingest.listener-failed", params }, address);
    },
  }).catch(async (error: unknown) => {
    await closed(aedes);
    throw error;
  });
  return {
    addresses: listeners.addresses,
    counts: () => ({
      clients: hooks.clients,
      connections: listeners.open(),
      connectionsRefused,
      loginsRefused: hooks.loginsRefused,
      takeovers: hooks.takeovers,
      subscriptionsRefused: hooks.subscriptionsRefused,
      received: hooks.received,
      acknowledged: options.acks.acknowledged,
      failed: options.acks.failed,
      qos0Dropped: hooks.qos0Dropped,
      clientsClosed: hooks.clientsClosed,
    }),
    command: (id, payload) => command(aedes, id, payload),
    disconnect: (ids) => hooks.disconnect(ids),
    close: () => close(listeners, hooks, aedes, () => options.door.close()),
  };
}

function command(aedes: TakingAedes, id: string, payload: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const packet = { cmd: "publish" as const, topic: `commands/${id}`, payload };
    aedes.publish({ ...packet, qos: 1, retain: false, dup: false }, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

async function close(
  listeners: Listeners,
  hooks: Hooks,
  aedes: TakingAedes,
  loop: () => Promise<void>,
): Promise<void> {
  listeners.stop();
  hooks.stop();
  await atMost(LOOP_MS, loop());
  await atMost(CLIENTS_MS, closed(aedes));
  listeners.destroy();
}

const closed = (aedes: TakingAedes): Promise<void> =>
  new Promise((resolve) => aedes.close(() => resolve()));

function atMost(ms: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
