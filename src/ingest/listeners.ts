// The sockets that the door listens on: plain, TLS, and an inner one for streams that the HTTP front passes on.

import { unlinkSync } from "node:fs";
import net, { type AddressInfo } from "node:net";
import tls from "node:tls";

export type ListenAt = { host: string; port: number };
export type Listen = {
  tcp?: ListenAt;
  tls?: ListenAt & { key: string | Buffer; cert: string | Buffer };
  /**
   * Where the HTTP front passes browsers' streams on: a Unix socket or named pipe, or a loopback port. Each connection
   * begins with a line `PROXY TCP4 <address>\r\n` (or TCP6, or UNKNOWN), then MQTT.
   */
  inner?: { path: string } | { port: number };
};

/** Where they listen; ports are the real ones when 0 was asked for. */
export type Addresses = { tcp?: AddressInfo; tls?: AddressInfo; inner?: AddressInfo | string };

export type Connections = {
  /** Connections at once, all listeners together. */
  most: number;
  /** From one address; loopback is not counted, since gateways and tests of this machine share it. */
  mostPerAddress: number;
  /** How long a TLS handshake or a PROXY line may take, ms. */
  greetingMs: number;
};

export type ListenerParts = {
  listen: Listen;
  connections: Connections;
  /** A stream of MQTT from `address`. */
  onStream(socket: net.Socket, address: string): void;
  /** A connection was closed at once, being one too many of all or of its address. */
  onRefused(address: string, of: "all" | "address"): void;
  onError(where: string, error: Error): void;
};

export type Listeners = {
  addresses: Addresses;
  /** Connections open now, of whatever kind. */
  open(): number;
  /** Accepts no more. */
  stop(): void;
  /** Ends what is still open. */
  destroy(): void;
};

const PROXY_LINE_MAX = 107;
const PROXY_LINE = /^PROXY (?:UNKNOWN|TCP[46] ([0-9A-Fa-f:.]{2,45}))(?: [^\r\n]*)?$/;
const BACKLOG = 4_096;
const KEEP_ALIVE_MS = 60_000;

/** Opens all that are asked for; when one cannot be opened none stays open, and the error names the address. */
export async function openListeners(parts: ListenerParts): Promise<Listeners> {
  const doorway = new Doorway(parts);
  try {
    await doorway.listen();
    return doorway;
  } catch (error) {
    doorway.stop();
    throw error;
  }
}

const isLoopback = (address: string): boolean =>
  address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.");

class Doorway implements Listeners {
  readonly addresses: Addresses = {};
  readonly #parts: ListenerParts;
  readonly #servers: net.Server[] = [];
  readonly #sockets = new Set<net.Socket>();
  readonly #perAddress = new Map<string, number>();

  constructor(parts: ListenerParts) {
    this.#parts = parts;
  }

  async listen(): Promise<void> {
    const { tcp, tls: secure, inner } = this.#parts.listen;
    const options = { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS };
    if (tcp !== undefined) {
      const server = net.createServer(options, (socket) => this.#plain(socket));
      this.addresses.tcp = (await this.#open(server, tcp)) as AddressInfo;
    }
    if (secure !== undefined) {
      const server = this.#secureServer(secure);
      this.addresses.tls = (await this.#open(server, secure)) as AddressInfo;
    }
    if (inner !== undefined) {
      if ("path" in inner && process.platform !== "win32") removeStale(inner.path);
      const server = net.createServer(options, (socket) => this.#passedOn(socket));
      const at = "path" in inner ? inner : { host: "127.0.0.1", port: inner.port };
      this.addresses.inner = await this.#open(server, at);
    }
  }

  open(): number {
    return this.#sockets.size;
  }

  stop(): void {
    for (const server of this.#servers) server.close();
  }

  destroy(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #open(server: net.Server, at: ListenAt | { path: string }): Promise<AddressInfo | string> {
    const where = "path" in at ? at.path : `${at.host}:${at.port}`;
    return new Promise((resolve, reject) => {
      const failed = (cause: Error) => {
        reject(new Error(`cannot listen at ${where}: ${cause.message}`, { cause }));
      };
      server.once("error", failed);
      server.listen({ ...at, backlog: BACKLOG }, () => {
        server.off("error", failed);
        server.on("error", (error) => this.#parts.onError(where, error));
        this.#servers.push(server);
        resolve(server.address()!);
      });
    });
  }

  #secureServer(secure: NonNullable<Listen["tls"]>): tls.Server {
    const { greetingMs } = this.#parts.connections;
    const { key, cert } = secure;
    const server = tls.createServer({ key, cert, noDelay: true, handshakeTimeout: greetingMs });
    // Counted when it connects, not when it has shaken hands.
    server.on("connection", (raw) => {
      raw.setKeepAlive(true, KEEP_ALIVE_MS);
      this.#admit(raw, addressOf(raw));
    });
    server.on("secureConnection", (socket) => this.#parts.onStream(socket, addressOf(socket)));
    server.on("tlsClientError", (_error, socket) => socket.destroy());
    return server;
  }

  #plain(socket: net.Socket): void {
    const address = addressOf(socket);
    if (this.#admit(socket, address)) this.#parts.onStream(socket, address);
  }

  /** Counts a connection; false when it is one too many and has been closed. */
  #admit(socket: net.Socket, address: string): boolean {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    socket.on("error", () => {});
    if (this.#sockets.size > this.#parts.connections.most) {
      socket.destroy();
      this.#parts.onRefused(address, "all");
      return false;
    }
    return this.#admitFrom(socket, address);
  }

  #admitFrom(socket: net.Socket, address: string): boolean {
    if (isLoopback(address)) return true;
    const count = (this.#perAddress.get(address) ?? 0) + 1;
    if (count > this.#parts.connections.mostPerAddress) {
      socket.destroy();
      this.#parts.onRefused(address, "address");
      return false;
    }
    this.#perAddress.set(address, count);
    socket.once("close", () => {
      const left = this.#perAddress.get(address)! - 1;
      if (left === 0) this.#perAddress.delete(address);
      else this.#perAddress.set(address, left);
    });
    return true;
  }

  /** Reads the PROXY line, then hands the stream on with what followed it. */
  #passedOn(socket: net.Socket): void {
    if (!this.#admit(socket, "127.0.0.1")) return;
    const timer = setTimeout(() => socket.destroy(), this.#parts.connections.greetingMs);
    socket.once("close", () => clearTimeout(timer));
    let seen: Buffer = Buffer.alloc(0);
    const read = (): void => {
      const chunk: Buffer | null = socket.read();
      if (chunk === null) return;
      seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
      const end = seen.subarray(0, PROXY_LINE_MAX).indexOf("\r\n");
      if (end < 0) {
        if (seen.length >= PROXY_LINE_MAX) socket.destroy();
        return;
      }
      socket.off("readable", read);
      clearTimeout(timer);
      const line = PROXY_LINE.exec(seen.toString("latin1", 0, end));
      if (line === null) {
        socket.destroy();
        return;
      }
      const address = line[1] ?? "unknown";
      if (!this.#admitFrom(socket, address)) return;
      if (end + 2 < seen.length) socket.unshift(seen.subarray(end + 2));
      this.#parts.onStream(socket, address);
    };
    socket.on("readable", read);
  }
}

const addressOf = (socket: net.Socket): string => socket.remoteAddress ?? "unknown";

/** A socket file that a killed process left behind; the folder's lock says that no other lives. */
function removeStale(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
