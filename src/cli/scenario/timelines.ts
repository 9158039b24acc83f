// The timelines of a scenario's folder, run by vitest: a part of the source, not of an installed
// product.

import { join } from "node:path";
import { scenariosFolder } from "./fresh.ts";

/** One test by its name, and what went wrong; null: it passed. */
export type Timeline = { name: string; fault: string | null };

/** Runs them; null where vitest is not installed. */
export async function timelines(id: string): Promise<Timeline[] | null> {
  const vitest = await import("vitest/node").catch(() => null);
  if (!vitest) return null;
  const root = join(scenariosFolder, "..");
  const run = await vitest.startVitest("test", [`scenarios/${id}/`], {
    root,
    watch: false,
    reporters: [{}],
    passWithNoTests: true,
  });
  try {
    return run.state.getTestModules().flatMap((module) => {
      const broken = module
        .errors()
        .map(({ message }) => ({ name: module.moduleId, fault: message }));
      const tests = [...module.children.allTests()]
        .filter((one) => one.result().state !== "skipped")
        .map((one): Timeline => {
          const { state, errors } = one.result();
          const fault = errors?.map(({ message, diff }) => diff ?? message).join("\n") ?? state;
          return { name: one.fullName, fault: state === "passed" ? null : fault };
        });
      return [...broken, ...tests];
    });
  } finally {
    process.exitCode = 0; // vitest's own; this command says itself how it ended
    await run.close();
  }
}
