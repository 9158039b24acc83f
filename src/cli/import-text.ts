// The bytes of a file as text, or a clear word on why they are none.

import type { Text } from "../core/text.ts";
import { catalogue } from "../messages/catalogue.ts";
import { fill, type MessageKey } from "../messages/say.ts";

const MEGABYTE = 1_048_576;
const MEGABYTES_MAX = 64;

/** A message of the catalogue in both languages, its places filled. */
export function tell(
  key: MessageKey,
  params: Readonly<Record<string, string | number>> = {},
): Text {
  const text: Text = catalogue[key];
  return { zh: fill(text.zh, params), en: fill(text.en, params) };
}

/**
 * UTF-8, with or without its byte order mark, which is taken off. Everything else is refused by
 * name, with the remedy.
 */
export function textOf(bytes: Uint8Array, file: string): { text: string } | { fault: Text } {
  if (bytes.length > MEGABYTES_MAX * MEGABYTE)
    return { fault: tell("register.file-too-large", { limit: MEGABYTES_MAX }) };
  const names = { file, converted: file.replace(/([.][^.]*)?$/, ".utf8$1") };
  if (begins(bytes, 0x50, 0x4b, 0x03, 0x04) || begins(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    return { fault: tell("register.workbook") };
  if (begins(bytes, 0xff, 0xfe) || begins(bytes, 0xfe, 0xff))
    return { fault: tell("register.utf16", names) };
  const text = decoded(bytes, "utf-8");
  if (text !== null && !text.includes("\u0000")) return { text };
  if (text === null && decoded(bytes, "gb18030") !== null)
    return { fault: tell("register.gb18030", names) };
  return { fault: tell("register.not-utf8") };
}

const begins = (bytes: Uint8Array, ...magic: number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null; // not in this encoding
  }
}
