// Why a message was not taken: a closed list, each with a counter. Nothing is answered with an error; the sender stays connected.

import type { Text } from "../core/text.ts";
import type { Instant } from "../core/time.ts";

/** Reason → what it means and what to do about it. */
export const reasons = {
  "topic-unknown": {
    zh: "主题不属于本系统；请使用 readings/{站点}/{传感器}",
    en: "The topic is none of ours; use readings/{site}/{sensor}",
  },
  "topic-foreign": {
    zh: "主题属于其他传感器；请检查设备凭据",
    en: "The topic belongs to another sensor; check the device's credential",
  },
  "sensor-unknown": {
    zh: "传感器未登记；请先导入登记表",
    en: "The sensor is not in the register; import it first",
  },
  "site-mismatch": {
    zh: "传感器登记在另一站点；请更正主题或登记表",
    en: "The sensor is registered at another site; correct the topic or the register",
  },
  "too-large": {
    zh: "消息超过大小上限；请拆分",
    en: "The message is larger than allowed; split it",
  },
  "too-many": {
    zh: "一条消息内的读数过多；请拆分",
    en: "Too many readings in one message; split it",
  },
  "not-utf8": { zh: "内容不是有效的 UTF-8", en: "The payload is not valid UTF-8" },
  "not-json": { zh: "内容不是有效的 JSON", en: "The payload is not valid JSON" },
  "too-deep": { zh: "JSON 嵌套过深", en: "The JSON is nested too deeply" },
  "forbidden-key": { zh: "JSON 含有禁用的键名", en: "The JSON has a key that is not allowed" },
  shape: {
    zh: "消息结构不符；请对照报文格式",
    en: "The message has not the shape of a reading; see the payload format",
  },
  values: { zh: "读数不符合场景的数据格式", en: "The values do not fit the scenario's schema" },
  "not-finite": { zh: "数值不是有限数", en: "A number is not finite" },
  "time-unreadable": {
    zh: "时间无法识别；请用 ISO 8601 或毫秒时间戳",
    en: "The time cannot be read; use ISO 8601 or epoch milliseconds",
  },
  "time-implausible": {
    zh: "时间不合理（2000 年以前或超前一天以上）；是否误用了秒？",
    en: "The time is before 2000 or more than a day ahead; are these seconds instead of milliseconds?",
  },
  "no-consent": {
    zh: "没有有效的知情同意；读数已在入口丢弃",
    en: "There is no consent on record; the reading was dropped at the door",
  },
  rate: { zh: "发送过快，超过该客户端上限", en: "Sent faster than this client may" },
  "qos0-overflow": {
    zh: "QoS 0 消息过多，已丢弃；请使用 QoS 1",
    en: "Too many QoS 0 messages waiting, dropped; use QoS 1",
  },
} as const satisfies Record<string, Text>;
export type Reason = keyof typeof reasons;

/** One refused message or reading. `excerpt` is cut, escaped, and left out where a person's data could be in it. */
export type Refused = {
  reason: Reason;
  at: Instant;
  clientId: string;
  topic: string;
  detail: string;
  excerpt: string;
};
export type Quarantined = Refused & { id: number };

/** Where the door reports what it does not take. Counting is cheap, so that a flood of bad messages is. */
export interface QuarantineWriter {
  /** Counts one under its reason; true when a sample of it is wanted. */
  count(reason: Reason, clientId: string): boolean;
  /** Keeps a sample that was wanted; the oldest give way. Does not count it again. */
  keep(refused: Refused): void;
}

export interface QuarantineReader {
  /** Newest first; `before` is the id of the last one seen. */
  list(filter: {
    reason?: Reason;
    clientId?: string;
    before?: number;
    limit: number;
  }): readonly Quarantined[];
  /** How many there have been under each reason, kept or not, since the data folder began. */
  counts(): Readonly<Partial<Record<Reason, number>>>;
}
