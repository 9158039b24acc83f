import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

test("nothing given is the default configuration, frozen", () => {
  const read = readConfig({});
  expect(read).toMatchObject({ ok: true, config: { httpPort: 8080, mqttPort: 1883 } });
  expect(Object.isFrozen(read.ok && read.config)).toBe(true);
});

test("the command line goes before the environment, and the environment before the file", () => {
  const file = join(mkdtempSync(join(tmpdir(), "config-")), "brain.json");
  writeFileSync(file, JSON.stringify({ httpPort: 1, mqttPort: 2, mqttsPort: 3 }));
  const read = readConfig({ BRAIN_CONFIG: file, BRAIN_MQTT_PORT: "20" }, { mqttsPort: 30 });
  expect(read).toMatchObject({ config: { httpPort: 1, mqttPort: 20, mqttsPort: 30 } });
});

test("everything that is wrong is told at once, by field and value", () => {
  const read = readConfig({ BRAIN_HTTP_PORT: "http", BRAIN_MQTT_PORT: "70000" }, { colour: "red" });
  expect(read.ok).toBe(false);
  const faults = read.ok ? [] : read.faults.join("\n");
  expect(faults).toContain('httpPort (BRAIN_HTTP_PORT) is "http"');
  expect(faults).toContain("mqttPort (BRAIN_MQTT_PORT) is 70000");
  expect(faults).toContain("colour: there is no such setting");
});

test("true and false are read from the environment, and nothing else for them", () => {
  const read = (word: string) => {
    const result = readConfig({ BRAIN_RELEASE_NEEDS_TWO: word });
    return result.ok ? result.config.releaseNeedsTwo : result.faults[0];
  };
  expect(read("true")).toBe(true);
  expect(read("false")).toBe(false);
  expect(read("yes")).toContain('releaseNeedsTwo (BRAIN_RELEASE_NEEDS_TWO) is "yes"');
});

test("a certificate without its key is refused", () => {
  const read = readConfig({ BRAIN_TLS_CERT: "cert.pem" });
  expect(read).toMatchObject({ ok: false, faults: ["tlsCert and tlsKey: give both or neither"] });
});
