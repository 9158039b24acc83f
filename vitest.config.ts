import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { tmpdir } from "node:os";
import { defineConfig } from "vitest/config";

/** Tests that want more than Node: what must answer, and Debian's packages that bring it. CI installs them all. */
const wants = [
  {
    file: "src/ingest/interop.test.ts",
    programs: [
      ["sh", "-c", "command -v mosquitto_pub"],
      ["openssl", "version"],
      ["/usr/bin/python3", "-c", "import paho.mqtt"],
    ],
    packages: "mosquitto-clients openssl python3-paho-mqtt",
  },
  {
    file: "src/api/page.test.ts",
    programs: [["/usr/bin/chromium", "--version"]],
    packages: "chromium",
  },
];

const answers = ([program = "", ...args]: string[]) =>
  spawnSync(program, args, { stdio: "ignore" }).status === 0;

/** Left out where a program is missing, and said so; in CI nothing is left out. */
const leftOut = process.env.CI ? [] : wants.filter(({ programs }) => !programs.every(answers));
for (const { file, packages } of leftOut)
  console.warn(`${file} is left out: it wants Debian's ${packages} (apt-get install ${packages})`);

/**
 * Tests write thousands of durable commits; in memory they take as long on a busy disk as on an idle one. What only a disk can
 * show, a power cut, is bench/recovery's business.
 */
function scratch(): string {
  try {
    accessSync("/dev/shm", constants.W_OK);
    return "/dev/shm";
  } catch {
    return tmpdir();
  }
}

export default defineConfig({
  test: {
    include: [
      "src/**/*.test.ts",
      "scenarios/**/*.test.ts",
      "simulators/**/*.test.ts",
      "bench/**/*.test.ts",
    ],
    exclude: leftOut.map(({ file }) => file),
    env: { TMPDIR: scratch() },
    // One retry on the shared CI machine; each retried test is listed by the reporter and is a defect to be found.
    retry: process.env.CI ? 1 : 0,
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
