// What each route of the API does, and what its groups are about.

import type { Text } from "../core/text.ts";

export const apiMessages = {
  "api.title": { zh: "社区大脑接口", en: "Community Brain API" },
  "api.about": {
    zh: "时间均为 Unix 毫秒（UTC）；错误按 RFC 9457 返回；列表每页最多 500 条；命令可带 Idempotency-Key，重复发送只执行一次。",
    en: "Instants are milliseconds since the Unix epoch, UTC. Errors are RFC 9457 problems. A page has at most 500 items. Commands take an Idempotency-Key: sent again, they are carried out once.",
  },
  "api.tag.alerts": { zh: "告警", en: "Alerts" },
  "api.tag.cases": { zh: "案卷", en: "Cases" },
  "api.tag.register": { zh: "登记表", en: "Register" },
  "api.tag.readings": { zh: "读数", en: "Readings" },
  "api.tag.scenarios": { zh: "场景", en: "Scenarios" },
  "api.tag.quarantine": { zh: "隔离区", en: "Quarantine" },
  "api.tag.stats": { zh: "统计", en: "Figures" },
  "api.tag.live": { zh: "实时流", en: "Live stream" },
  "api.tag.tokens": { zh: "令牌与登录", en: "Tokens and sessions" },
  "api.alerts.list": { zh: "告警列表，新的在前", en: "Alerts, newest first" },
  "api.alerts.get": {
    zh: "一条告警：为何触发、依据、处置理由与全部经过",
    en: "One alert: why it fired, its evidence, what to do, and all that happened to it",
  },
  "api.alerts.acknowledge": { zh: "确认告警", en: "Acknowledge an alert" },
  "api.alerts.shelve": {
    zh: "暂缓告警，到时自动恢复",
    en: "Shelve an alert; it comes back by itself",
  },
  "api.alerts.unshelve": { zh: "取消暂缓", en: "End a shelving" },
  "api.alerts.reset": { zh: "复位锁定的告警", en: "Reset a latched alert" },
  "api.alerts.comment": { zh: "为告警添加备注", en: "Add a note to an alert" },
  "api.alerts.open-case": { zh: "立即为告警立案", en: "Open the case of an alert now" },
  "api.cases.list": { zh: "案卷列表，新的在前", en: "Cases, newest first" },
  "api.cases.get": { zh: "一个案卷及其流转记录", en: "One case with its flow log" },
  "api.cases.dispatch": { zh: "派遣给处置单位", en: "Dispatch a case to a unit" },
  "api.cases.accept": { zh: "单位受理", en: "The unit accepts the case" },
  "api.cases.handle": { zh: "登记处置结果", en: "Record that it was handled" },
  "api.cases.check": { zh: "核查：通过或返工", en: "Check it: passed, or to be done again" },
  "api.cases.close": { zh: "结案", en: "Close a case with its verdict" },
  "api.cases.void": { zh: "作废", en: "Void what was no case" },
  "api.cases.comment": { zh: "为案卷添加备注", en: "Add a note to a case" },
  "api.sensors.list": { zh: "传感器列表", en: "Sensors, by id" },
  "api.sensors.get": {
    zh: "一个传感器：字段、阈值、最新读数、未解除告警",
    en: "One sensor: its fields, thresholds, last reading and open alerts",
  },
  "api.sites.list": { zh: "站点列表", en: "Sites, by id" },
  "api.sites.get": {
    zh: "一个站点：所在之处与其传感器",
    en: "One site: what it lies in, and its sensors",
  },
  "api.units.list": { zh: "处置单位列表", en: "Disposal units" },
  "api.register.change": {
    zh: "变更登记表，整批生效或整批拒绝",
    en: "Change the register, whole or not at all",
  },
  "api.map.get": { zh: "底图（GeoJSON）", en: "The base map as GeoJSON" },
  "api.readings.list": {
    zh: "一个传感器的读数：原始或降采样",
    en: "Readings of a sensor, raw or down-sampled",
  },
  "api.scenarios.list": { zh: "运行中的场景", en: "The scenarios that run" },
  "api.scenarios.get": {
    zh: "一个场景：规则、出处、参数、阈值",
    en: "One scenario: rules, sources, parameters, thresholds",
  },
  "api.quarantine.list": { zh: "未被接收的消息及原因", en: "What was not taken, and why" },
  "api.stats.get": { zh: "总数与运行状况", en: "Counts and how the brain is doing" },
  "api.live": {
    zh: "先给出全部未结事项，随后每秒最多五帧变化；断线后以 Last-Event-ID 续传",
    en: "All that is open, then up to five frames of changes a second; goes on after a break by Last-Event-ID",
  },
  "api.tokens.list": { zh: "令牌列表", en: "Tokens" },
  "api.tokens.create": { zh: "新建令牌，只显示一次", en: "Make a token; it is shown once" },
  "api.tokens.revoke": { zh: "吊销令牌，其实时流随即断开", en: "Revoke a token; its streams end" },
  "api.session.get": { zh: "我是谁、能做什么", en: "Who I am and what I may do" },
  "api.session.open": { zh: "以令牌登录浏览器", en: "Sign the browser in with a token" },
  "api.session.close": { zh: "退出登录", en: "Sign out" },
  "api.permission": { zh: "所需权限", en: "Permission needed" },
  "api.wanted.missing": { zh: "一个值（必填）", en: "a value, which is required" },
  "api.wanted.unknown": { zh: "没有此字段", en: "no such field" },
  "api.ready.behind": {
    zh: "研判落后 {seconds} 秒",
    en: "The judge is {seconds} s behind the log",
  },
  "api.ready.disk": {
    zh: "磁盘仅余 {mib} MiB；请腾出空间",
    en: "Only {mib} MiB of disk are left; free some",
  },
  "api.ready.records": {
    zh: "记录库无法读取；请查看日志",
    en: "The records cannot be read; see the log",
  },
} as const satisfies Record<string, Text>;

export type ApiMessageKey = keyof typeof apiMessages;
