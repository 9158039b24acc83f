// A small broker for tests: takes everybody, writes down what comes in the order it comes, and lets
// a test say when it is acknowledged and whom the connection breaks for.

import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { Aedes, type Client } from "aedes";

export type Heard = { client: string; topic: string; payload: string; retain: boolean };

export type SampleBroker = {
  url: string;
  /** Everything that was published, oldest first. */
  heard: readonly Heard[];
  /**
   * Called before the acknowledgement of each message; the message is acknowledged when it
   * resolves.
   */
  onPublish: (heard: Heard) => void | Promise<void>;
  /** Who may come in. */
  allows: (id: string, secret: string) => boolean;
  /** The most messages of one client that were waiting for their acknowledgement at once. */
  mostWaiting(): number;
  /** Breaks all connections without a word; what they sent and was not yet heard is never heard. */
  breakAll(): void;
  close(): Promise<void>;
};

export async function openBroker(): Promise<SampleBroker> {
  const aedes = await Aedes.createBroker({ concurrency: 0, drainTimeout: 2_000 });
  const heard: Heard[] = [];
  const waiting = new Map<string, number>();
  let most = 0;
  aedes.authenticate = (client, _name, password, done) =>
    done(null, broker.allows(client.id, String(password ?? "")));
  const clients = new Set<Client>();
  const broken = new WeakSet<Client>();
  aedes.on("clientReady", (client) => clients.add(client));
  aedes.on("clientDisconnect", (client) => clients.delete(client));
  aedes.authorizePublish = (client, packet, done) => {
    if (client && broken.has(client as Client)) return;
    const id = (client as Client | null)?.id ?? "will";
    const { topic, retain } = packet;
    const told = { client: id, topic, payload: packet.payload.toString(), retain };
    heard.push(told);
    const isReading = topic.startsWith("readings/");
    const count = (waiting.get(id) ?? 0) + 1;
    if (isReading) waiting.set(id, count);
    if (isReading) most = Math.max(most, count);
    void Promise.resolve(broker.onPublish(told)).then(() => {
      if (isReading) waiting.set(id, waiting.get(id)! - 1);
      done(null);
    });
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    aedes.handle(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const broker: SampleBroker = {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    onPublish: () => {},
    allows: () => true,
    mostWaiting: () => most,
    breakAll() {
      for (const client of clients) broken.add(client);
      for (const socket of sockets) socket.destroy();
      waiting.clear();
    },
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
      await closed;
    },
  };
  return broker;
}
