// What people call the lines of an alert's flow log.

import type { Text } from "../core/text.ts";

export const alertMessages = {
  "alert.line.fired": { zh: "告警", en: "it fired" },
  "alert.line.escalated": { zh: "级别上升", en: "its level rose" },
  "alert.line.reopened": { zh: "复发", en: "it came back" },
  "alert.line.latched": {
    zh: "恢复正常，等待复位",
    en: "it is normal again and waits for a reset",
  },
  "alert.line.resolved": { zh: "解除", en: "it resolved" },
  "alert.line.acknowledged": { zh: "确认", en: "acknowledged" },
  "alert.line.shelved": { zh: "暂缓", en: "shelved" },
  "alert.line.unshelved": { zh: "取消暂缓", en: "unshelved" },
  "alert.line.suppressed": { zh: "许可生效，静默", en: "muted by a permit" },
  "alert.line.unsuppressed": { zh: "许可结束，恢复提醒", en: "no longer muted" },
  "alert.line.reset": { zh: "复位", en: "reset" },
  "alert.line.commented": { zh: "备注", en: "commented" },
  "alert.line.case-opened": { zh: "立案", en: "a case was opened" },
} as const satisfies Record<string, Text>;
