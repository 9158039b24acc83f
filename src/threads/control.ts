// The local control: how the command line on this machine hands acts to a running brain. A socket in the data folder that only
// the brain's own user may open; no size limit, since a whole register may come in one act.

import { chmodSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import type { Act, Outcome } from "../app/commands.ts";

export type Control = { close(): Promise<void> };

/** Serves acts on a socket. */
export async function openControl(
  path: string,
  act: (by: string, act: Act) => Promise<Outcome>,
): Promise<Control> {
  const server = createServer(async (asked, answer) => {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of asked) chunks.push(chunk as Buffer);
      const { by, act: one } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as {
        by: string;
        act: Act;
      };
      answer.end(JSON.stringify(await act(by, one)));
    } catch (error) {
      answer.statusCode = 500;
      answer.end(JSON.stringify({ message: (error as Error).message }));
    }
  });
  const listening = Promise.withResolvers<void>();
  server.once("error", listening.reject);
  server.listen(path, listening.resolve);
  await listening.promise;
  if (process.platform !== "win32") chmodSync(path, 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          if (process.platform !== "win32") rmSync(path, { force: true });
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Hands one act to the brain behind a socket. */
export function actThrough(path: string, by: string, act: Act): Promise<Outcome> {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  const asked = request({ socketPath: path, method: "POST" }, async (answer) => {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      const body = JSON.parse(Buffer.concat(chunks).toString("utf8"));
      if (answer.statusCode === 200) resolve(body);
      else reject(new Error(body.message));
    } catch (error) {
      reject(error);
    }
  });
  asked.once("error", reject);
  asked.end(JSON.stringify({ by, act }));
  return promise;
}
