// What has been opened, and how it is closed: in the reverse order, once, whatever happens on the way.

export type Closing = {
  /** Remembers a part to be closed; gives it back. */
  add<P extends { close(): unknown }>(part: P): P;
  /** Closes everything; the same promise however often it is asked. */
  close(): Promise<void>;
  /** A part cannot go on: everything is closed, and `finished` rejects with its error. */
  fail(error: Error): void;
  /** Resolves when all is closed; rejects with what went wrong first. */
  finished: Promise<void>;
};

export function openClosing(): Closing {
  const parts: { close(): unknown }[] = [];
  const { promise: finished, resolve, reject } = Promise.withResolvers<void>();
  let closed: Promise<void> | null = null;
  finished.catch(() => {}); // told to whoever awaits it; nobody has to
  async function closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const part of parts.reverse()) {
      try {
        await part.close();
      } catch (error) {
        failures.push(error); // the others, the folder's lock last, are let go all the same
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, "not everything closed cleanly");
  }
  const close = () => {
    closed ??= closeAll().then(resolve, (error: Error) => {
      reject(error);
      throw error;
    });
    return closed;
  };
  return {
    add(part) {
      parts.push(part);
      return part;
    },
    close,
    fail(error) {
      reject(error);
      close().catch(() => {}); // `finished` has the first error
    },
    finished,
  };
}
