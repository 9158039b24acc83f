// Listens to a live stream, as a browser would: frames in order, and a promise for the one that is waited for.

export type Frame = {
  event: string;
  id: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: any JSON may come; a test looks into it and fails where it is other.
  body: any;
};

export type Listening = {
  status: number;
  frames: readonly Frame[];
  /** Resolves with the first frame, seen already or still to come, that fits; rejects when the stream ends before. */
  until(fits: (frame: Frame) => boolean): Promise<Frame>;
  /** Resolves when the server has hung up. */
  ended: Promise<void>;
  close(): void;
};

/** Opens a stream. What is refused has no frames. */
export async function listen(
  url: string,
  headers: Record<string, string> = {},
): Promise<Listening> {
  const stop = new AbortController();
  const answer = await fetch(url, { headers, signal: stop.signal });
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  let over = false;
  const wake = () => {
    for (const look of [...waiting]) look();
  };
  async function read(): Promise<void> {
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of answer.body!) {
      text += decoder.decode(chunk, { stream: true });
      const parts = text.split("\n\n");
      text = parts.pop()!;
      frames.push(...parts.flatMap((part) => frameOf(part) ?? []));
      wake();
    }
  }
  const ended = read()
    .catch(() => {}) // closed by us, or cut by the server: either way it is over
    .then(() => {
      over = true;
      wake();
    });
  return {
    status: answer.status,
    frames,
    ended,
    until: (fits) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = frames.find(fits);
          if (!found && !over) return;
          waiting.delete(look);
          if (found) resolve(found);
          else reject(new Error(`the stream ended after ${frames.length} frames`));
        };
        waiting.add(look);
        look();
      }),
    close: () => stop.abort(),
  };
}

function frameOf(part: string): Frame | null {
  const field = (name: string) =>
    part
      .split("\n")
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const [event, data] = [field("event"), field("data")];
  if (event === undefined || data === undefined) return null;
  return { event, id: field("id") ?? null, body: JSON.parse(data) };
}
