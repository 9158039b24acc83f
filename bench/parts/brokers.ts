// The brokers beside which the brain is measured: they acknowledge, and keep nothing.

import { once } from "node:events";
import { writeFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { pause } from "./loading.ts";
import { startFile, startProgram } from "./program.ts";
import type { Workshop } from "./workshop.ts";

export type Broker = { port: number; pid: number };

/**
 * Debian's mosquitto on loopback, with anonymous access, no persistence, and TCP_NODELAY as Node
 * sets it.
 */
export async function startMosquitto(shop: Workshop): Promise<Broker> {
  const port = await freePort();
  const file = join(shop.folder("mosquitto"), "mosquitto.conf");
  const lines = [
    `listener ${port} 127.0.0.1`,
    "allow_anonymous true",
    "persistence false",
    "set_tcp_nodelay true",
    "log_type error",
    ...(process.getuid?.() === 0 ? ["user root"] : []),
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  const program = startProgram(shop, "mosquitto", ["-c", file], { errors: "ignore" });
  const gone = program.ended.then(() => {
    throw new Error(
      "mosquitto ended: install Debian's package mosquitto, or leave it out by --only",
    );
  });
  await Promise.race([gone, accepting(port)]);
  return { port, pid: program.pid };
}

/** aedes as its README starts it. */
export async function startAedes(shop: Workshop): Promise<Broker> {
  const program = startFile(shop, new URL("../bare-aedes.ts", import.meta.url), []);
  const { port } = JSON.parse(await program.line((line) => line.startsWith("{"))) as {
    port: number;
  };
  return { port, pid: program.pid };
}

/** A port of 127.0.0.1 that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Resolves when somebody accepts connections there. */
async function accepting(port: number): Promise<void> {
  for (;;) {
    const socket = net.connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return;
    } catch {
      await pause(50);
    } finally {
      socket.destroy();
    }
  }
}
