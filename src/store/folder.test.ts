import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { modeOf, runningOn, takeFolder } from "./folder.ts";

const somewhere = () => join(mkdtempSync(join(tmpdir(), "folder-")), "data");
const run = { control: "c", http: "http://127.0.0.1:1", mqtt: null, token: "secret", startedAt: 1 };

/** Takes the folder in a process of its own, and says so. */
async function holder(path: string) {
  const code = `import { takeFolder } from ${JSON.stringify(join(import.meta.dirname, "folder.ts"))};
    globalThis.folder = takeFolder(process.argv[1], "live"); // held, or the lock goes with the garbage
    globalThis.folder.announce(${JSON.stringify(run)});
    console.log("held"); process.stdin.resume();`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", code, path]);
  child.stderr.pipe(process.stderr);
  await once(child.stdout, "data");
  return child;
}

test("a second brain on a folder is refused with the first one's pid and the path", async () => {
  const path = somewhere();
  const first = await holder(path);
  expect(() => takeFolder(path, "live")).toThrow(`${path} is in use by process ${first.pid}`);
  expect(runningOn(path)).toMatchObject({ pid: first.pid, mode: "live" });
  first.kill("SIGKILL");
  await once(first, "exit");
  expect(runningOn(path)).toBeNull();
  takeFolder(path, "live").release();
});

test("a drill is not let onto a live folder, and the refusal leaves it free", () => {
  const path = somewhere();
  takeFolder(path, "live").release();
  expect(() => takeFolder(path, "drill")).toThrow(
    "is a live folder and may not be used for a drill",
  );
  expect(modeOf(path)).toBe("live");
  takeFolder(path, "live").release();
});

test("a folder with a log but without its kind is not guessed at", () => {
  const path = somewhere();
  takeFolder(path, "live").release();
  const other = mkdtempSync(join(tmpdir(), "folder-"));
  writeFileSync(join(other, "log.db"), "");
  expect(() => takeFolder(other, "drill")).toThrow("restore that file");
});

test("what is noted of a run can be read by its own user alone", () => {
  const path = somewhere();
  const folder = takeFolder(path, "drill");
  folder.announce(run);
  expect(statSync(folder.file("run.json")).mode & 0o777).toBe(0o600);
  folder.release();
  expect(runningOn(path)).toBeNull();
});
