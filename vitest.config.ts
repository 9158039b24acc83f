import { accessSync, constants } from "node:fs";
import { tmpdir } from "node:os";
import { defineConfig } from "vitest/config";

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
    env: { TMPDIR: scratch() },
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
