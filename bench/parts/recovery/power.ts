// A disk whose power can be cut: ext4 in a file, on a loop device. What was not synced is gone, as
// after a real cut. Root only.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Workshop } from "../workshop.ts";

export type Disk = {
  folder: string;
  /**
   * From now on nothing reaches the disk, not even what was written and not synced. The machine is
   * still on.
   */
  cut(): void;
  /** As after the power is back. Whoever used the disk must be gone. */
  restore(): void;
};

const SIZE = "4G";
/** EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH, as `xfs_io -x -c shutdown` does it. */
const SHUTDOWN = [
  "import fcntl, os, struct, sys",
  "folder = os.open(sys.argv[1], os.O_RDONLY)",
  "fcntl.ioctl(folder, 0x8004587d, struct.pack('I', 2))",
].join("\n");

/**
 * Makes the disk; it is taken away at the end of the bench. Throws, saying what is missing, where
 * it cannot.
 */
export function openDisk(shop: Workshop): Disk {
  if (process.getuid?.() !== 0)
    throw new Error(
      "a power cut needs root, for a loop device: run it as root, or without --power",
    );
  const scratch = shop.folder("disk");
  const image = join(scratch, "image");
  const folder = join(scratch, "disk");
  mkdirSync(folder);
  run("truncate", "-s", SIZE, image);
  const device = run("losetup", "-f", "--show", image).trim();
  shop.finally(() => run("losetup", "-d", device));
  run("mkfs.ext4", "-q", device);
  let isMounted = false;
  const mount = () => {
    run("mount", device, folder);
    isMounted = true;
  };
  const unmount = () => {
    if (isMounted) run("umount", folder);
    isMounted = false;
  };
  mount();
  shop.finally(unmount);
  return {
    folder,
    cut() {
      if (existsSync("/usr/sbin/xfs_io")) run("xfs_io", "-x", "-c", "shutdown", folder);
      else run("python3", "-c", SHUTDOWN, folder);
    },
    restore() {
      unmount();
      mount();
    },
  };
}

const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
