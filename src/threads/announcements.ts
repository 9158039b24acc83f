import type { Announcement } from "../api/ports.ts";

/** Passes on what the judge announces to whoever listens. */
export function announcements() {
  const listeners = new Set<(announcement: Announcement) => void>();
  return {
    listen(listener: (announcement: Announcement) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell(announcement: Announcement): void {
      for (const listener of listeners) listener(announcement);
    },
  };
}
