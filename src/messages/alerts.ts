// What people call the levels and phases of an alert, and the lines of its flow log.

import type { Text } from "../core/text.ts";

export const alertMessages = {
  "alert.level.blue": { zh: "蓝色", en: "blue" },
  "alert.level.yellow": { zh: "黄色", en: "yellow" },
  "alert.level.orange": { zh: "橙色", en: "orange" },
  "alert.level.red": { zh: "红色", en: "red" },
  "alert.phase.firing": { zh: "告警中", en: "firing" },
  "alert.phase.clearing": { zh: "恢复中", en: "clearing" },
  "alert.phase.latched": { zh: "已恢复，待复位", en: "normal, waits for a reset" },
  "alert.phase.resolved": { zh: "已解除", en: "resolved" },
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
