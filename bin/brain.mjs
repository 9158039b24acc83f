#!/usr/bin/env node
// Starts the program on the Node 24 that `npm ci` brought, whatever Node started this file. Plain JavaScript, for old Nodes.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const NEEDED = 24;
const program = join(dirname(fileURLToPath(import.meta.url)), "..", "src", "cli", "brain.ts");

if (Number(process.versions.node.split(".")[0]) >= NEEDED) await import(program);
else {
  const node = brought();
  if (!node) {
    console.error(
      `community-brain needs Node ${NEEDED}; this is ${process.version}, and no Node is packaged for ${process.platform}-${process.arch}.\n` +
        `Install Node ${NEEDED} from your system or https://nodejs.org and run this again.`,
    );
    process.exit(69);
  }
  // Signals go to the whole foreground group; waiting here keeps the terminal until the program has drained.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
  const { status, signal } = spawnSync(node, [program, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  process.exit(signal ? 1 : (status ?? 1));
}

function brought() {
  const { platform, arch } = process;
  const name = `node-${platform === "win32" ? "win" : platform}-${arch}`;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    const file = join(folder, "bin", platform === "win32" ? "node.exe" : "node");
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}
