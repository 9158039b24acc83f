import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Limit } from "../core/alert.ts";
import { dueAt, operatorCalendar, type WorkCalendar } from "./limits.ts";

const street = (text: string): number => Date.parse(`${text.replace(" ", "T")}+08:00`);
const told = (at: number | null): string =>
  new Date(at! + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");

/**
 * An autumn and a year's end as a street may have them: a week off, a Saturday worked instead, New
 * Year's Day off.
 */
const autumn: WorkCalendar = {
  ...operatorCalendar,
  holidays: ["10-01", "10-02", "10-03", "10-04", "10-05", "10-06", "10-07"]
    .map((day) => `2026-${day}`)
    .concat("2027-01-01"),
  makeUpDays: ["2026-10-10"],
};
const withLunch: WorkCalendar = {
  ...operatorCalendar,
  workMinutes: [
    [540, 720],
    [810, 1050],
  ],
};

const due = (opened: string, amount: number, unit: Limit["unit"], calendar = operatorCalendar) =>
  told(dueAt({ amount, unit }, street(opened), calendar));

describe("an urgent limit", () => {
  it("runs at night, on Sundays and over the new year, with no calendar at all", () => {
    const opened = street("2026-12-31 23:30");
    expect(told(dueAt({ amount: 45, unit: "urgent-minute" }, opened, null))).toBe(
      "2027-01-01 00:15",
    );
    expect(told(dueAt({ amount: 24, unit: "urgent-hour" }, opened, null))).toBe("2027-01-01 23:30");
    expect(due("2026-10-04 02:00", 2, "urgent-hour", autumn)).toBe("2026-10-04 04:00");
  });
});

describe("a limit in work time", () => {
  it("has no due instant where the house has no calendar", () => {
    expect(dueAt({ amount: 2, unit: "work-hour" }, street("2026-11-20 10:00"), null)).toBeNull();
    expect(dueAt({ amount: 1, unit: "work-day" }, street("2026-11-20 10:00"), null)).toBeNull();
  });

  it.each([
    // opened, amount, unit, due: worked out by hand
    ["2026-11-18 10:00", 2, "work-hour", "2026-11-18 12:00"],
    ["2026-11-18 15:00", 2, "work-hour", "2026-11-18 17:00"],
    ["2026-11-18 17:00", 2, "work-hour", "2026-11-19 11:00"],
    ["2026-11-18 03:00", 2, "work-hour", "2026-11-18 11:00"],
    ["2026-11-18 22:00", 2, "work-hour", "2026-11-19 11:00"],
    ["2026-11-20 16:00", 2, "work-hour", "2026-11-23 10:00"],
    ["2026-11-21 12:00", 4, "work-hour", "2026-11-23 13:00"],
    ["2026-11-18 10:00", 1, "work-day", "2026-11-19 10:00"],
    ["2026-11-20 16:00", 1, "work-day", "2026-11-23 16:00"],
    ["2026-11-21 12:00", 1, "work-day", "2026-11-23 17:00"],
    ["2026-11-18 10:00", 5, "work-day", "2026-11-25 10:00"],
  ] as const)("opened %s and %d %s long falls due %s", (opened, amount, unit, expected) => {
    expect(due(opened, amount, unit)).toBe(expected);
  });

  it("leaves out the lunch hour where there is one", () => {
    expect(due("2026-11-18 11:30", 1, "work-hour", withLunch)).toBe("2026-11-18 14:00");
    expect(due("2026-11-18 12:10", 1, "work-hour", withLunch)).toBe("2026-11-18 14:30");
    expect(due("2026-11-18 10:00", 1, "work-day", withLunch)).toBe("2026-11-19 10:00");
  });

  it("passes over a week of holidays and runs on the Saturday that makes up for it", () => {
    expect(due("2026-09-30 16:00", 2, "work-hour", autumn)).toBe("2026-10-08 10:00");
    expect(due("2026-09-30 16:00", 3, "work-day", autumn)).toBe("2026-10-10 16:00");
    expect(due("2026-10-09 16:00", 2, "work-hour", autumn)).toBe("2026-10-10 10:00");
    expect(due("2026-10-10 16:30", 1, "work-hour", autumn)).toBe("2026-10-12 09:30");
  });

  it("crosses the year's end on the calendar's days", () => {
    expect(due("2026-12-31 16:30", 1, "work-hour", autumn)).toBe("2027-01-04 09:30");
    expect(due("2026-12-31 16:30", 1, "work-hour")).toBe("2027-01-01 09:30");
  });

  it("counts exactly so many worked minutes, whatever the calendar", () => {
    const minute = 60_000;
    /** Says of one minute, by another calendar's arithmetic, whether it is worked. */
    const worked = (at: number, calendar: WorkCalendar): boolean => {
      const local = new Date(at + 8 * 3_600_000);
      const date = local.toISOString().slice(0, 10);
      const free = calendar.holidays.includes(date) || calendar.weekend.includes(local.getUTCDay());
      const ofDay = local.getUTCHours() * 60 + local.getUTCMinutes();
      const spans = calendar.workMinutes;
      const open = spans.some(([from, to]) => ofDay >= from && ofDay < to);
      return open && (!free || calendar.makeUpDays.includes(date));
    };
    fc.assert(
      fc.property(
        fc.constantFrom(operatorCalendar, autumn, withLunch),
        fc.integer({ min: street("2026-09-20 00:00"), max: street("2027-01-06 00:00") }),
        fc.integer({ min: 1, max: 20 }),
        (calendar, start, amount) => {
          const opened = Math.floor(start / minute) * minute;
          const end = dueAt({ amount, unit: "work-hour" }, opened, calendar)!;
          let count = 0;
          for (let at = opened; at < end; at += minute) if (worked(at, calendar)) count++;
          expect(count).toBe(amount * 60);
          expect(worked(end - minute, calendar)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("refuses a calendar in which nobody works, and says what to mend", () => {
    const never = { ...operatorCalendar, weekend: [0, 1, 2, 3, 4, 5, 6] };
    const noHours = { ...operatorCalendar, workMinutes: [] };
    const limit = { amount: 1, unit: "work-hour" } as const;
    expect(() => dueAt(limit, street("2026-11-18 10:00"), never)).toThrow(/weekend/);
    expect(() => dueAt(limit, street("2026-11-18 10:00"), noHours)).toThrow(/workMinutes/);
  });
});
