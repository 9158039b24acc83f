// A temporary folder for files that a test writes, gone when the tests of its file are.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";

/** Writes a file and gives its path; the same name twice makes two files. To be called outside of any test. */
export function scratch(): (name: string, content: string | Uint8Array) => Promise<string> {
  let folder = "";
  let written = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "brain-scratch-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return async (name, content) => {
    const path = join(folder, name.replace(/([.][^.]*)$/, `-${written++}$1`));
    await writeFile(path, content);
    return path;
  };
}
