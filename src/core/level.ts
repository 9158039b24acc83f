/** The four colours of the field, and `ok`. They map to X.733 and CAP at the edges. */
export const levels = ["ok", "blue", "yellow", "orange", "red"] as const;
export type Level = (typeof levels)[number];
/** A level that something is wrong at. */
export type Grade = Exclude<Level, "ok">;
export const grades = ["blue", "yellow", "orange", "red"] as const satisfies readonly Grade[];

/** 0 for ok to 4 for red. */
export const severity = (level: Level): number => levels.indexOf(level);

/** One level up, red staying red. */
export const worse = (level: Grade): Grade => grades[Math.min(severity(level), 3)]!;
