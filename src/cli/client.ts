// The command line speaks to a brain as everybody does: by its API. Where none runs on the folder, one is started for the while.

import { userInfo } from "node:os";
import { type ProblemCode, problem } from "../api/problems.ts";
import type { Act, Outcome } from "../app/commands.ts";
import type { Json } from "../core/rule.ts";
import type { Brain } from "../main.ts";
import { modeOf, runningOn } from "../store/folder.ts";
import { actThrough } from "../threads/control.ts";
import { configured } from "./configured.ts";
import { Exit } from "./exit.ts";
import { language, tell } from "./speech.ts";

export type FolderOptions = { data?: string };

export type Client = {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  /** Does something as whoever runs the command; refusals end the command with what they say. */
  act(act: Act): Promise<Json>;
  folder: string;
  close(): Promise<void>;
};

/** Reaches the brain on a folder, running or not. */
async function openClient(options: FolderOptions): Promise<Client> {
  const config = configured({ dataFolder: options.data });
  const folder = config.dataFolder;
  const run = runningOn(folder);
  if (run?.http) {
    const act = (by: string, one: Act) => actThrough(run.control, by, one);
    return client({ folder, http: run.http, token: run.token, act, close: async () => {} });
  }
  if (run) throw new Exit("unavailable", tell("cli.starting", { folder }));
  const mode = modeOf(folder) ?? "live";
  const quiet = {
    ...config,
    host: "127.0.0.1",
    httpPort: 0,
    mqttPort: 0,
    logLevel: "error" as const,
  };
  const { startBrain } = await import("../main.ts");
  const brain: Brain = await startBrain({
    config: quiet,
    mode,
    clock: { kind: "real", notBefore: 0 },
  });
  const { act, close, localToken: token, addresses } = brain;
  return client({ folder, http: addresses.http, token, act, close });
}

/** Reaches it for the while of `work`. */
export async function withClient(
  options: FolderOptions,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const client = await openClient(options);
  try {
    await work(client);
  } finally {
    await client.close();
  }
}

function client(reached: {
  folder: string;
  http: string;
  token: string;
  act(by: string, act: Act): Promise<Outcome>;
  close(): Promise<void>;
}): Client {
  const { folder, http, token, close } = reached;
  async function ask<T>(path: string, request: RequestInit = {}): Promise<T> {
    const answer = await fetch(`${http}/api/v1${path}`, {
      ...request,
      headers: {
        authorization: `Bearer ${token}`,
        "accept-language": language,
        ...(request.body ? { "content-type": "application/json" } : {}),
      },
    });
    const body = (await answer.json()) as T & { title?: string; detail?: string; remedy?: string };
    if (answer.ok) return body;
    const why = [body.title, body.detail, body.remedy].filter(Boolean).join(" ");
    throw new Exit(answer.status === 404 ? "notFound" : "badInput", why || `HTTP ${answer.status}`);
  }
  return {
    folder,
    async act(act) {
      const outcome = await reached.act(`cli:${userInfo().username}`, act);
      if (outcome.ok) return outcome.result;
      const { title, detail, remedy } = problem(
        outcome.problem as ProblemCode,
        outcome.params,
        language,
      );
      throw new Exit("badInput", [title, detail, remedy].filter(Boolean).join(" "));
    },
    get: (path) => ask(path),
    post: (path, body) => ask(path, { method: "POST", body: JSON.stringify(body) }),
    close,
  };
}
