// Words of strangers, made fit for a log line or a page: cut, and with nothing in them that could act.

/** Control characters, marks that turn or hide text, line ends of Unicode, lone surrogates, what failed to decode. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\uFFFD]/gu;

const escaped = (char: string): string =>
  `\\u${char.codePointAt(0)!.toString(16).padStart(4, "0")}`;

/** At most `limit` characters of a text, unsafe ones as \uXXXX; an ellipsis says that there was more. */
export function showText(text: string, limit: number): string {
  const cut = text.length > limit ? text.slice(0, limit) : text;
  const safe = cut.replace(UNSAFE, escaped);
  return text.length > limit ? `${safe}…` : safe;
}

/** A JSON value in a few characters, for "field is VALUE". */
export function showValue(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  return showText(JSON.stringify(value) ?? "nothing", 60);
}

/** The beginning of a payload: as text where it is UTF-8, else byte by byte with \xNN. */
export function showBytes(bytes: Buffer, limit: number): string {
  const cut = bytes.subarray(0, limit);
  const text = cut.toString("utf8");
  const broken = text.slice(0, -1).includes("\uFFFD");
  const shown = broken ? byteByByte(cut) : showText(text.replace(/\uFFFD$/u, ""), limit);
  return bytes.length > limit ? `${shown}…` : shown;
}

const byteByByte = (bytes: Buffer): string =>
  Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, "0")}`,
  ).join("");
