// Problems of commands in general, and of the house itself.

import type { ProblemEntry } from "./entry.ts";

export const houseProblems = {
  "version-conflict": {
    status: 409,
    title: { zh: "已被他人变更", en: "Changed meanwhile" },
    detail: {
      zh: "您看到之后又有变更：现为第 {version} 版[（您提交的是第 {given} 版）][，状态：{state}][。最近一次：{by} 于 {changedAt}：{change}]。",
      en: "It has changed since you saw it: it is at version {version}[, you sent {given}][, and is {state}][. Last, {by} at {changedAt}: {change}].",
    },
    remedy: {
      zh: "请刷新，看过对方所做的变更后再操作。",
      en: "Reload it, see what the other did, and decide again.",
    },
  },
  "idempotency-key-reused": {
    status: 422,
    title: { zh: "幂等键已用于其他命令", en: "Key used for something else" },
    detail: {
      zh: "Idempotency-Key {key} 已用于内容不同的命令。",
      en: "The Idempotency-Key {key} was sent before with another command.",
    },
    remedy: {
      zh: "新命令请用新键；重发请保持内容不变。",
      en: "Use a new key for a new command, or send the same command again.",
    },
  },
  timeout: {
    status: 504,
    title: { zh: "命令已收到，尚无结果", en: "Taken, not judged yet" },
    detail: {
      zh: "命令已写入日志，但未能及时得到结果；它仍可能生效。",
      en: "The command is in the log but has no outcome yet; it may still be carried out.",
    },
    remedy: {
      zh: "请用同一 Idempotency-Key[ {key}] 重发，以取得结果；不会重复执行。",
      en: "Send it again with the same Idempotency-Key[ {key}] to get its outcome; it is not carried out twice.",
    },
  },
  "log-full": {
    status: 507,
    title: { zh: "日志已满", en: "Log is full" },
    detail: {
      zh: "日志已达配置上限，命令未被接收，没有任何变更。",
      en: "The log has reached its configured size; the command was not taken and nothing changed.",
    },
    remedy: {
      zh: "请检查研判与历史库是否停滞（/readyz），或调大日志上限；恢复后重发。",
      en: "See whether the judge or the history stands still (/readyz), or allow a larger log; then send it again.",
    },
  },
  "disk-full": {
    status: 507,
    title: { zh: "磁盘已满", en: "Disk is full" },
    detail: {
      zh: "磁盘空间不足，命令未被接收，没有任何变更。",
      en: "There is no room on the disk; the command was not taken and nothing changed.",
    },
    remedy: {
      zh: "请腾出磁盘空间或缩短保留期；有空间后系统自行恢复，届时重发。",
      en: "Free disk space or shorten the retention; the brain goes on by itself then. Send it again.",
    },
  },
  "shutting-down": {
    status: 503,
    title: { zh: "系统正在停止", en: "Shutting down" },
    detail: {
      zh: "系统正在停止，不再接收新请求。",
      en: "The brain is being stopped and takes nothing new.",
    },
    remedy: { zh: "请在重新启动后重试。", en: "Try again once it has been started again." },
  },
  internal: {
    status: 500,
    title: { zh: "内部错误", en: "Internal error" },
    detail: {
      zh: "系统出现未预料的错误，已记入日志。",
      en: "Something went wrong that should not have; it is in the server's log.",
    },
    remedy: {
      zh: "请重试；若再次出现，请将时间和操作告知管理员。",
      en: "Try again; if it happens again, tell an administrator when and what you did.",
    },
  },
} as const satisfies Record<string, ProblemEntry>;
