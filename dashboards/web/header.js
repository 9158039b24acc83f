// The top of the page: how many of each level, whether this is an exercise, how old what you see is, the clock.

import { byId, element, fill, setText } from "./element.js";
import { age, clock, dateTime } from "./format.js";
import { say } from "./messages.js";
import { levels, shape } from "./shape.js";

/** Without readings for so long the age is marked. */
const OLD_MS = 30_000;

/** `tools` are the buttons at the right. */
export function openHeader({ live, state, tools }) {
  const counts = new Map();

  function rewrite() {
    setText(byId("brand"), say("brand"));
    setText(byId("skip"), say("skip"));
    fill(byId("tools"), tools());
    fill(
      byId("levels"),
      levels.map((level) => {
        const count = element("span");
        const item = element("li", {}, shape(level), count);
        counts.set(level, { item, count });
        return item;
      }),
    );
    tick();
    showCounts();
  }

  /** The server's counts of open alerts; none are shown until it has told them. */
  function showCounts() {
    const told = state.counts?.alerts.byLevel;
    for (const [level, { item, count }] of counts) {
      setText(count, told ? String(told[level] ?? 0) : "–");
      item.classList.toggle("zero", !told?.[level]);
    }
    const waiting = state.counts?.alerts.unacknowledged ?? 0;
    document.title = `${waiting > 0 ? `(${waiting}) ` : ""}${say("brand")}`;
  }

  /** How the link stands, in words. */
  function link() {
    if (!live.beat()) return say("link.waiting");
    if (live.late()) return say("link.late", { age: age(live.silence()) });
    const data = live.dataAge();
    if (data === null) return say("link.none");
    return say(data > OLD_MS ? "link.old" : "link.live", { age: age(data) });
  }

  function tick() {
    const beat = live.beat();
    setText(byId("link"), link());
    if (beat) {
      const now = live.now();
      setText(byId("clock"), dateTime(now));
      byId("clock").setAttribute("datetime", new Date(now).toISOString());
      const drill = beat.mode === "drill";
      byId("exercise").hidden = !drill;
      if (drill)
        setText(
          byId("exercise"),
          say(beat.speed === null ? "exercise.driven" : "exercise", { speed: beat.speed }),
        );
    }
    late();
  }

  function late() {
    const isLate = live.late();
    document.body.classList.toggle("late", isLate);
    const banner = byId("late");
    banner.hidden = !isLate;
    if (!isLate) return;
    const beat = live.beat();
    const told = `${live.refused()} ${beat?.now}`;
    // Said once; the age beside the link goes on counting, so that a screen reader is not told each second.
    if (banner.dataset.told === told) return;
    banner.dataset.told = told;
    const since = { age: age(live.silence()), time: beat ? clock(beat.time) : "" };
    setText(banner, say(live.refused() ?? (beat ? "late.says" : "late.never"), since));
  }

  return { rewrite, tick, counts: showCounts, link };
}
