// Problems of alerts: why the desk says no.

import type { ProblemEntry } from "./entry.ts";

export const alertProblems = {
  "alert-not-found": {
    status: 404,
    title: { zh: "没有此告警", en: "No such alert" },
    detail: { zh: "没有告警 {id}。", en: "There is no alert {id}." },
    remedy: { zh: "请刷新列表后重试。", en: "Reload the list and try again." },
  },
  "alert-resolved": {
    status: 409,
    title: { zh: "告警已解除", en: "Alert is over" },
    detail: {
      zh: "告警 {id} 已经解除，不能再操作。",
      en: "The alert {id} has resolved; nothing more can be done to it.",
    },
    remedy: {
      zh: "如需记录，请添加备注；再次发生时会重新告警。",
      en: "Add a comment if there is something to remember; if it comes back, it alerts again.",
    },
  },
  "already-acknowledged": {
    status: 409,
    title: { zh: "告警已被确认", en: "Already acknowledged" },
    detail: { zh: "告警已由 {by} 确认。", en: "{by} has acknowledged it." },
    remedy: { zh: "无需再次确认。", en: "There is nothing left to do." },
  },
  "not-latched": {
    status: 409,
    title: { zh: "不能复位", en: "Can't be reset" },
    detail: {
      zh: "只有已恢复正常并锁定的告警才能复位。",
      en: "Only a latched alert, whose condition is gone, can be reset.",
    },
    remedy: {
      zh: "请先消除险情；恢复正常后告警会锁定，再行复位。",
      en: "Remove the danger first; once it is gone the alert latches and can be reset.",
    },
  },
  "not-shelved": {
    status: 409,
    title: { zh: "告警未被暂缓", en: "Not shelved" },
    detail: {
      zh: "告警 {id} 当前没有被暂缓。",
      en: "The alert {id} is not shelved at present.",
    },
    remedy: { zh: "无需取消；请刷新列表。", en: "There is nothing to end; reload the list." },
  },
  "shelve-too-long": {
    status: 422,
    title: { zh: "暂缓时间过长", en: "Shelved for too long" },
    detail: {
      zh: "告警一次最多暂缓 {hours} 小时。",
      en: "An alert may be shelved for at most {hours} hours at a time.",
    },
    remedy: {
      zh: "请选择较早的结束时间；长期停用请将传感器停用或登记许可。",
      en: "Choose an earlier end; for longer, take the sensor out of service or register a permit.",
    },
  },
  "shelve-in-the-past": {
    status: 422,
    title: { zh: "暂缓结束时间已过", en: "End of the shelving is past" },
    detail: { zh: "暂缓的结束时间早于现在。", en: "The shelving would end before it begins." },
    remedy: {
      zh: "请选择晚于现在的时间；演练系统的时钟可能快于实际时间。",
      en: "Choose a time that is still to come; the clock of a drill may be ahead of yours.",
    },
  },
  "life-safety-cannot-be-shelved": {
    status: 422,
    title: { zh: "生命安全告警不得暂缓", en: "Life safety can't be shelved" },
    detail: {
      zh: "告警 {id} 关乎生命安全，始终显示。",
      en: "The alert {id} is about life safety and always shown.",
    },
    remedy: {
      zh: "请确认告警并处置；传感器故障时请将其停用并写明原因。",
      en: "Acknowledge it and act; if its sensor is broken, take that out of service and say why.",
    },
  },
  "alert-makes-no-case": {
    status: 422,
    title: { zh: "该规则不立案", en: "No case for this rule" },
    detail: {
      zh: "场景 {scenario} 的规则 {rule} 没有立案条件。",
      en: "The rule {rule} of the scenario {scenario} has no filing condition.",
    },
    remedy: {
      zh: "请在告警上处理，或请场景开发者为该规则补充立案条件。",
      en: "Deal with the alert itself, or ask the scenario's developer for a filing condition.",
    },
  },
  "alert-already-in-case": {
    status: 409,
    title: { zh: "告警已立案", en: "Already in a case" },
    detail: { zh: "告警已并入案卷 {number}。", en: "The alert is in the case {number} already." },
    remedy: { zh: "请打开案卷 {number}（{caseId}）。", en: "Open the case {number} ({caseId})." },
  },
} as const satisfies Record<string, ProblemEntry>;
