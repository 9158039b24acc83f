// Bare aedes in a process of its own: it acknowledges what comes, and does nothing with it. Prints
// {"port"} when it listens.

import net from "node:net";
import { Aedes } from "aedes";

const aedes = await Aedes.createBroker();
const server = net.createServer({ noDelay: true }, (socket) => void aedes.handle(socket));
server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => {
  console.log(JSON.stringify({ port: (server.address() as net.AddressInfo).port }));
});
process.stdin.on("end", () => process.exit(0)).resume();
