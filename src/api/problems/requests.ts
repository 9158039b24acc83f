// Problems of a request: who asks, how, and for what.

import type { ProblemEntry } from "./entry.ts";

export const requestProblems = {
  "sign-in-required": {
    status: 401,
    title: { zh: "需要登录", en: "Sign-in required" },
    detail: { zh: "请求未带令牌或会话。", en: "The request has no token and no session." },
    remedy: {
      zh: "请登录，或在 Authorization 头中带上 Bearer 令牌；令牌由管理员用 brain token create 签发。",
      en: "Sign in, or send a bearer token in the Authorization header; an administrator makes one with brain token create.",
    },
  },
  "token-invalid": {
    status: 401,
    title: { zh: "令牌无效", en: "Invalid token" },
    detail: {
      zh: "令牌不存在、已过期或已吊销。",
      en: "The token is unknown, expired or revoked.",
    },
    remedy: {
      zh: "请换用有效令牌，或请管理员重新签发。",
      en: "Use a valid token, or ask an administrator for a new one.",
    },
  },
  forbidden: {
    status: 403,
    title: { zh: "没有权限", en: "Not permitted" },
    detail: {
      zh: "角色 {role} 没有所需权限 {permission}。",
      en: "The role {role} lacks the permission {permission}.",
    },
    remedy: {
      zh: "请由有此权限的人员操作，或请管理员签发相应角色的令牌。",
      en: "Ask somebody whose role has it, or ask an administrator for a token of such a role.",
    },
  },
  "host-foreign": {
    status: 403,
    title: { zh: "主机名不符", en: "Foreign host name" },
    detail: {
      zh: "演示系统只应答指向本机的主机名。",
      en: "A demo answers only to names of this very machine.",
    },
    remedy: { zh: "请用 http://localhost 访问。", en: "Open it as http://localhost." },
  },
  "origin-foreign": {
    status: 403,
    title: { zh: "来源不符", en: "Foreign origin" },
    detail: {
      zh: "浏览器会话的写操作只接受来自本系统页面的请求。",
      en: "With a browser session, only the brain's own pages may change anything.",
    },
    remedy: {
      zh: "请在本系统页面上操作；程序请改用 Bearer 令牌。",
      en: "Use the brain's own page; programs send a bearer token instead.",
    },
  },
  "drill-only": {
    status: 403,
    title: { zh: "仅限演练", en: "Only in a drill" },
    detail: {
      zh: "此操作只能在演练系统上进行，本系统处理的是真实事件。",
      en: "This can only be done in a drill; this brain works on real incidents.",
    },
    remedy: {
      zh: "请用 brain demo 或 brain simulate --virtual 启动演练系统。",
      en: "Start a drill with brain demo or brain simulate --virtual.",
    },
  },
  "invalid-request": {
    status: 400,
    title: { zh: "请求不合规范", en: "Invalid request" },
    detail: {
      zh: "字段 {field} 不合要求[：收到 {value}][，应为 {wanted}]。",
      en: "The field {field} does not fit[: found {value}][, wanted {wanted}].",
    },
    remedy: {
      zh: "请更正该字段后重发；各字段的要求见 /api/openapi.json。",
      en: "Correct the field and send it again; /api/openapi.json tells what each field may be.",
    },
  },
  "time-unreadable": {
    status: 400,
    title: { zh: "时间无法识别", en: "Unreadable time" },
    detail: {
      zh: "字段 {field} 的值 {value} 不是时间。",
      en: "{value} in the field {field} is no time.",
    },
    remedy: {
      zh: "请用带时区的 ISO 8601（如 2026-11-21T08:00:00+08:00）或 Unix 毫秒。",
      en: "Write ISO 8601 with a zone, as 2026-11-21T08:00:00+08:00, or Unix milliseconds.",
    },
  },
  "time-order": {
    status: 400,
    title: { zh: "起止时间颠倒", en: "Times in the wrong order" },
    detail: {
      zh: "起始时间 {from} 不早于结束时间 {to}。",
      en: "The start {from} is not before the end {to}.",
    },
    remedy: { zh: "请使 from 早于 to。", en: "Let from be earlier than to." },
  },
  "field-unknown": {
    status: 400,
    title: { zh: "没有此读数字段", en: "Unknown field" },
    detail: {
      zh: "该传感器没有数值字段 {field}。",
      en: "The sensor has no numeric field {field}.",
    },
    remedy: { zh: "可选：{known}。", en: "Choose one of: {known}." },
  },
  "cursor-invalid": {
    status: 400,
    title: { zh: "分页游标失效", en: "Stale cursor" },
    detail: {
      zh: "游标不是本列表给出的，或已失效。",
      en: "The cursor is not one that this list gave, or it no longer holds.",
    },
    remedy: {
      zh: "请去掉 cursor 参数，从第一页重新取。",
      en: "Leave cursor out and start again from the first page.",
    },
  },
  "not-json": {
    status: 400,
    title: { zh: "正文不是 JSON", en: "Body is not JSON" },
    detail: { zh: "请求正文无法按 JSON 解析。", en: "The body can't be read as JSON." },
    remedy: {
      zh: "请以 UTF-8 编码发送有效的 JSON 对象。",
      en: "Send a valid JSON object, encoded as UTF-8.",
    },
  },
  "media-type-unsupported": {
    status: 415,
    title: { zh: "不支持的内容类型", en: "Unsupported media type" },
    detail: {
      zh: "正文的内容类型不被接受。",
      en: "The body's content type is not one that is taken here.",
    },
    remedy: {
      zh: "请使用 Content-Type: application/json。",
      en: "Send Content-Type: application/json.",
    },
  },
  "too-large": {
    status: 413,
    title: { zh: "请求过大", en: "Too large" },
    detail: {
      zh: "请求超过上限[ {limitBytes} 字节]。",
      en: "The request is larger than the limit[ of {limitBytes} bytes].",
    },
    remedy: { zh: "请分成较小的几次发送。", en: "Send it in smaller parts." },
  },
  "too-many-requests": {
    status: 429,
    title: { zh: "请求过于频繁", en: "Too many requests" },
    detail: {
      zh: "短时间内请求过多。",
      en: "There were too many requests in a short time.",
    },
    remedy: {
      zh: "请在 {seconds} 秒后重试；持续更新请改用实时流 /api/v1/live。",
      en: "Try again in {seconds} s; to be kept up to date, use the live stream /api/v1/live.",
    },
  },
  "too-many-streams": {
    status: 429,
    title: { zh: "实时流过多", en: "Too many live streams" },
    detail: {
      zh: "同时打开的实时流已达上限。",
      en: "As many live streams are open as may be.",
    },
    remedy: {
      zh: "请关闭其他页面或程序中的实时流后重试。",
      en: "Close live streams of other pages or programs, then try again.",
    },
  },
  "route-not-found": {
    status: 404,
    title: { zh: "没有此地址", en: "No such address" },
    detail: {
      zh: "此地址或方法不存在。",
      en: "There is nothing at this address for this method.",
    },
    remedy: {
      zh: "可用地址见 /api/openapi.json。",
      en: "See /api/openapi.json for what there is.",
    },
  },
  "sensor-not-found": {
    status: 404,
    title: { zh: "没有此传感器", en: "No such sensor" },
    detail: { zh: "登记表中没有传感器 {id}。", en: "The register has no sensor {id}." },
    remedy: {
      zh: "请核对编号，或用 brain import 登记。",
      en: "Check the id, or register it with brain import.",
    },
  },
  "site-not-found": {
    status: 404,
    title: { zh: "没有此站点", en: "No such site" },
    detail: { zh: "登记表中没有站点 {id}。", en: "The register has no site {id}." },
    remedy: {
      zh: "请核对编号，或用 brain import 登记。",
      en: "Check the id, or register it with brain import.",
    },
  },
  "unit-not-found": {
    status: 404,
    title: { zh: "没有此处置单位", en: "No such unit" },
    detail: { zh: "登记表中没有处置单位 {id}。", en: "The register has no unit {id}." },
    remedy: {
      zh: "请从 /api/v1/units 中选择。",
      en: "Choose one of those listed by /api/v1/units.",
    },
  },
  "scenario-not-found": {
    status: 404,
    title: { zh: "没有此场景", en: "No such scenario" },
    detail: { zh: "本系统没有运行场景 {id}。", en: "This brain runs no scenario {id}." },
    remedy: {
      zh: "运行中的场景见 /api/v1/scenarios。",
      en: "See /api/v1/scenarios for those that run.",
    },
  },
  "scenario-params-refused": {
    status: 422,
    title: { zh: "参数不允许", en: "Parameter refused" },
    detail: {
      zh: "场景 {id} 的参数 {name} = {value} 不允许：{why}。",
      en: "Parameter {name} = {value} of scenario {id} is not allowed: {why}.",
    },
    remedy: {
      zh: "可用的参数：{known}；取值范围见 brain scenario show {id} --json。",
      en: "Its parameters: {known}; brain scenario show {id} --json has what each allows.",
    },
  },
  "release-needs-second-person": {
    status: 422,
    title: { zh: "发布须由另一人批准", en: "Release needs a second person" },
    detail: {
      zh: "场景 {id} 的发布须由另一人批准，不能是发布人本人、系统或空缺[（收到：{approvedBy}）]。",
      en: "A release of scenario {id} needs the approval of a second person: not who releases, not the brain, not nobody[ (found: {approvedBy})].",
    },
    remedy: {
      zh: "请用 --approved-by 写明批准人。",
      en: "Name who approves with --approved-by.",
    },
  },
  "release-none-before": {
    status: 409,
    title: { zh: "没有可回退的发布", en: "Nothing to roll back to" },
    detail: {
      zh: "场景 {id} 之前没有别的发布。",
      en: "Scenario {id} has no release before the one in force.",
    },
    remedy: {
      zh: "请用 brain scenario release {id} 发布所需的参数。",
      en: "Release the parameters you want with brain scenario release {id}.",
    },
  },
  "shadow-not-running": {
    status: 409,
    title: { zh: "没有影子在运行", en: "No shadow runs" },
    detail: { zh: "场景 {id} 没有影子在运行。", en: "No shadow of scenario {id} runs." },
    remedy: {
      zh: "用 brain scenario shadow {id} on 开始一个。",
      en: "Begin one with brain scenario shadow {id} on.",
    },
  },
  "token-not-found": {
    status: 404,
    title: { zh: "没有此令牌", en: "No such token" },
    detail: { zh: "没有编号为 {id} 的有效令牌。", en: "There is no live token with the id {id}." },
    remedy: {
      zh: "请在令牌列表中核对；它可能已被吊销。",
      en: "Check the list of tokens; it may be revoked already.",
    },
  },
  "token-name-taken": {
    status: 409,
    title: { zh: "令牌名称已被使用", en: "Name taken" },
    detail: { zh: "已有名为 {name} 的令牌。", en: "There is a token named {name} already." },
    remedy: {
      zh: "请换一个名称，或先吊销原令牌。",
      en: "Choose another name, or revoke the old token first.",
    },
  },
  "register-refused": {
    status: 422,
    title: { zh: "登记表变更被拒绝", en: "Change of the register refused" },
    detail: {
      zh: "该批变更有 {count} 处错误，整批未生效。",
      en: "The batch has {count} faults; none of it was taken.",
    },
    remedy: {
      zh: "请按 faults 中逐条列出的原因更正后，整批重发。",
      en: "Correct what faults lists one by one, and send the whole batch again.",
    },
  },
} as const satisfies Record<string, ProblemEntry>;
