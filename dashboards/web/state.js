// What the page knows: open alerts, open cases and the server's counts. Nothing is counted here.

/** `changed` is called after each change, with what is new: alerts that were not known before. */
export function openState(changed) {
  const state = {
    alerts: new Map(),
    cases: new Map(),
    counts: null,
    /** False: the snapshot did not hold all that is open. */
    complete: true,
    /** The first snapshot is here. */
    ready: false,
  };
  let fresh = null;

  const over = { alerts: (one) => one.phase === "resolved", cases: (one) => one.closedAt !== null };
  /** Takes one in unless a newer version is known; what is over is let go. */
  function take(kind, into, one) {
    const known = into[kind].get(one.id);
    if (known && known.version > one.version) return false;
    if (over[kind](one)) into[kind].delete(one.id);
    else into[kind].set(one.id, one);
    return !known && !over[kind](one);
  }
  function takeAll(into, body) {
    const news = body.alerts.filter((alert) => take("alerts", into, alert));
    for (const one of body.cases) take("cases", into, one);
    if (body.counts) state.counts = body.counts;
    return news;
  }
  return {
    state,
    /** A part of a snapshot. The old state stays until the last part is here, so that nothing flickers. */
    snapshot(body) {
      if (body.first) fresh = { alerts: new Map(), cases: new Map() };
      if (!fresh) return;
      takeAll(fresh, body);
      if (!body.last) return;
      const first = !state.ready;
      const news = [...fresh.alerts.values()].filter(({ id }) => !state.alerts.has(id));
      Object.assign(state, fresh, { ready: true, complete: body.complete });
      fresh = null;
      changed(first ? [] : news);
    },
    change(body) {
      changed(takeAll(state, body));
    },
  };
}

const rank = { red: 0, orange: 1, yellow: 2, blue: 3 };

/** Shelved last; unacknowledged first; then the worst; then the newest. */
export function inOrder(alerts) {
  const key = (alert) => (alert.shelved || alert.suppressed ? 2 : alert.acked ? 1 : 0);
  return [...alerts].sort(
    (a, b) =>
      key(a) - key(b) ||
      rank[a.level] - rank[b.level] ||
      b.firedAt - a.firedAt ||
      (a.id < b.id ? -1 : 1),
  );
}

/** The earliest due first; what has no due time last. */
export const byDue = (cases) =>
  [...cases].sort(
    (a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || (a.id < b.id ? -1 : 1),
  );
