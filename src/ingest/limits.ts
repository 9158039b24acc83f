// How much the broker bears of anyone, and the defaults.

/** What a client may send on average and at once. A client over it waits; its QoS 0 messages may be dropped. */
export type Rate = {
  messagesPerSecond: number;
  messagesAtOnce: number;
  bytesPerSecond: number;
  bytesAtOnce: number;
};

export type Limits = {
  /** Bytes of a packet before its sender has logged in. A larger one ends the connection. */
  maxBeforeLogin: number;
  /** Bytes of a packet after it. A larger PUBLISH is read past and refused, any other packet ends the connection. */
  maxPacket: number;
  rate: Rate;
  /** Connections at once, and of them from one address (loopback is not counted). */
  connections: number;
  connectionsPerAddress: number;
  /** Messages of QoS 0 taken and not yet on disk; more are dropped. */
  waiting0: number;
  /** Bytes that a client may leave unread before it is closed. */
  maxUnread: number;
  /** How long a CONNECT, a TLS handshake or a PROXY line may take, ms. */
  connectMs: number;
  /** How long a client may leave us unable to write to it, ms. */
  drainMs: number;
};

export const defaultLimits: Limits = {
  maxBeforeLogin: 64 * 1024,
  maxPacket: 256 * 1024,
  rate: {
    messagesPerSecond: 5_000,
    messagesAtOnce: 20_000,
    bytesPerSecond: 4 * 1024 * 1024,
    bytesAtOnce: 16 * 1024 * 1024,
  },
  connections: 50_000,
  connectionsPerAddress: 2_000,
  waiting0: 4_096,
  maxUnread: 1024 * 1024,
  connectMs: 5_000,
  drainMs: 2_000,
};
