// How the command line ends: codes that mean something to a script (after BSD's sysexits).

export const exitCodes = {
  ok: 0,
  /** The thing asked for was done, and it found what it looks for: a missed alert, a lost reading, a fault. */
  found: 1,
  usage: 64,
  badInput: 65,
  notFound: 66,
  unavailable: 69,
  internal: 70,
  /** The folder is in use, or is of the other mode. */
  inUse: 75,
  config: 78,
} as const;

/** Ends the program with a message for a person and a code for a script. */
export class Exit extends Error {
  readonly code: number;
  constructor(code: keyof typeof exitCodes, message: string) {
    super(message);
    this.code = exitCodes[code];
  }
}
