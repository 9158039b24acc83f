import { readFileSync } from "node:fs";
import { Duplex } from "node:stream";
import { expect, test } from "vitest";
import { connectPacket } from "../testing/raw-mqtt.ts";
import { partsOf, TakingAedes } from "./aedes-parts.ts";

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

test("aedes is pinned to the version whose private parts are used", () => {
  expect(read("../../package.json").dependencies.aedes).toBe("1.2.0");
  expect(read("../../node_modules/aedes/package.json").version).toBe("1.2.0");
});

test("aedes has the parts that are used, and they do what they are used for", async () => {
  const aedes = new TakingAedes({ concurrency: 0 });
  await aedes.listen();
  const written: Buffer[] = [];
  const conn = new Duplex({
    read() {},
    write(chunk, _encoding, done) {
      written.push(chunk as Buffer);
      done();
    },
  });
  const client = partsOf(aedes.handle(conn));
  const fed: Buffer[] = [];
  const parse = client._parser.parse.bind(client._parser);
  client._parser.parse = (chunk) => {
    fed.push(chunk);
    return parse(chunk);
  };
  const hello = connectPacket({ id: "tank-1" });
  const connected = new Promise<void>((resolve) => client.once("connected", resolve));
  conn.push(hello);
  await connected;
  expect(Buffer.concat(fed)).toEqual(hello);
  expect(Buffer.concat(written)).toEqual(Buffer.from([0x20, 2, 0, 0]));

  client.pause();
  conn.push(Buffer.from([0xc0, 0]));
  const resumed = new Promise<void>((resolve) => aedes.on("ping", () => resolve()));
  await new Promise((resolve) => setImmediate(resolve));
  expect(fed, "nothing is read while it is paused").toHaveLength(1);
  client.resume();
  await resumed;
  expect(fed).toHaveLength(2);

  const drained = new Promise((resolve) => client.waitForDrain(resolve));
  conn.emit("drain");
  expect(await drained).toBeNull();
  const failed = new Promise<Error>((resolve) =>
    aedes.on("clientError", (_client, error) => resolve(error)),
  );
  client._parser.emit("error", new Error("broken"));
  expect((await failed).message).toBe("broken");
  expect(client.closed).toBe(true);
  await new Promise<void>((resolve) => aedes.close(() => resolve()));
});
