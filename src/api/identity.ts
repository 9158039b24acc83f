// Who is asking: a bearer token, or a browser's session that stands for one. Real time only: a drill does not hurry expiry.

import { type Duration, hours, type Instant, minutes, seconds } from "../core/time.ts";
import type { Token, TokenStore } from "../store/records.ts";
import { isRole, type Role } from "./permissions.ts";
import { hashOf, newSession } from "./secret.ts";

/** One who asks. `id` is the same after a restart; `by` of what they do is their name. */
export type Who = { id: string; name: string; role: Role; session: string | null };

export type Identity = {
  /** The holder of a token that is neither revoked nor expired; null for any other. */
  ofToken(token: string): Promise<Who | null>;
  /** The holder of a session that is not over; puts off its end by idleness. */
  ofSession(session: string): Promise<Who | null>;
  /** Whether one who was let in may still be here; counts as being there. */
  stillIn(who: Who): Promise<boolean>;
  /** Opens a session for a token's holder, or for whom `signedInAs` names (null). Returns its id. */
  open(holder: Who | null): string | null;
  close(session: string): void;
  /** Forgets what it knows of tokens, so that the next question is answered from the store. */
  refresh(): void;
};

type Session = { who: Who; tokenId: string | null; openedAt: Instant; seenAt: Instant };

const IDLE: Duration = minutes(15);
const LONGEST: Duration = hours(12);
/** A token revoked by another process stops working within this time. */
const FRESH: Duration = seconds(1);
const MOST_SESSIONS = 10_000;

/** `now` is real time, ms. `signedInAs`: whoever opens the page has this role (a demo on loopback). */
export function openIdentity(
  store: TokenStore,
  { now, signedInAs }: { now: () => Instant; signedInAs?: Role | undefined },
): Identity {
  const sessions = new Map<string, Session>();
  let known = new Map<string, Token>();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;
  let asked = 0;

  const read = async () => {
    const [startedAt, answer] = [now(), asked];
    const tokens = await store.tokens();
    known = new Map(tokens.map((token) => [token.hash, token]));
    if (answer === asked) readAt = startedAt; // else it was read before the change that a refresh told of
  };
  const tokens = async () => {
    if (now() - readAt >= FRESH) {
      reading ??= read().finally(() => {
        reading = null;
      });
      await reading;
    }
    return known;
  };
  function refresh(): void {
    asked++;
    readAt = Number.NEGATIVE_INFINITY;
  }
  const good = (token: Token | undefined): token is Token =>
    token !== undefined &&
    token.revokedAt === null &&
    (token.expiresAt === null || token.expiresAt > now()) &&
    isRole(token.role);
  const goodId = async (id: string) =>
    [...(await tokens()).values()].some((token) => token.id === id && good(token));

  async function ofSession(id: string): Promise<Who | null> {
    const session = sessions.get(id);
    if (!session) return null;
    const at = now();
    const over = at - session.openedAt >= LONGEST || at - session.seenAt >= IDLE;
    if (over || (session.tokenId !== null && !(await goodId(session.tokenId)))) {
      sessions.delete(id);
      return null;
    }
    session.seenAt = at;
    return session.who;
  }

  return {
    async ofToken(secret) {
      const hash = hashOf(secret);
      if (!(await tokens()).has(hash)) refresh(); // perhaps made a moment ago, by another process
      const token = (await tokens()).get(hash);
      if (!good(token)) return null;
      return { id: token.id, name: token.name, role: token.role as Role, session: null };
    },
    ofSession,
    async stillIn(who) {
      if (who.session !== null) return (await ofSession(who.session)) !== null;
      return goodId(who.id);
    },
    open(holder) {
      if (holder === null && signedInAs === undefined) return null;
      const id = newSession();
      const base = holder ?? { id: `demo-${signedInAs}`, name: `demo-${signedInAs}` };
      const who = { ...base, role: holder?.role ?? signedInAs!, session: id };
      const at = now();
      if (sessions.size >= MOST_SESSIONS) sessions.delete(sessions.keys().next().value!);
      sessions.set(id, { who, tokenId: holder?.id ?? null, openedAt: at, seenAt: at });
      return id;
    },
    close: (session) => void sessions.delete(session),
    refresh,
  };
}
