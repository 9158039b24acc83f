// Texts of the simulators: what a tester asked for and cannot have, and what a run came to.

import type { Text } from "../core/text.ts";

export const simulatorMessages = {
  "simulators.scenario-unknown": {
    zh: "{where}：没有场景“{scenario}”；可用：{known}",
    en: '{where}: there is no scenario "{scenario}"; use one of {known}',
  },
  "simulators.sensor-of-unknown-scenario": {
    zh: "传感器 {sensor} 的场景“{scenario}”未安装；可用：{known}。请更正登记表",
    en: 'Sensor {sensor} belongs to scenario "{scenario}", which is not installed; there are {known}. Correct the register',
  },
  "simulators.facts-missing": {
    zh: "传感器 {sensor}：站点 {siteId} 缺少场景 {scenario} 所需的资料；请在登记表中补全，或移除该传感器",
    en: "Sensor {sensor}: site {siteId} lacks what scenario {scenario} needs to know; complete it in the register, or remove the sensor",
  },
  "simulators.incident-unknown": {
    zh: "{where}：场景 {scenario} 没有险情“{incident}”；可用：{known}",
    en: '{where}: scenario {scenario} has no incident "{incident}"; use one of {known}',
  },
  "simulators.incident-unreadable": {
    zh: "险情“{text}”无法识别；请写成 场景:险情[@站点或数量][+开始分钟][/持续分钟]，例如 river-level:flood@station-3+10/45",
    en: 'Incident "{text}" cannot be read; write scenario:incident[@site or number][+start minute][/minutes it lasts], as in river-level:flood@station-3+10/45',
  },
  "simulators.rule-unknown": {
    zh: "场景 {scenario} 的险情 {incident} 应触发规则“{rule}”，但没有这条规则；请更正场景",
    en: 'Incident {incident} of scenario {scenario} should raise rule "{rule}", which does not exist; correct the scenario',
  },
  "simulators.consequence-unknown": {
    zh: "险情 {incident} 的 mustAlsoRaise：站点 {siteId} 及其外层没有场景 {scenario} 的规则“{rule}”可作用之处；请更正规则名，或改选有该类站点的位置",
    en: 'mustAlsoRaise of incident {incident}: rule "{rule}" of scenario {scenario} is put to no site at or around {siteId}; correct the rule, or choose sites that lie in one of its kind',
  },
  "simulators.site-without-sensors": {
    zh: "{where}：站点 {siteId} 没有场景 {scenario} 的传感器；请另选站点",
    en: "{where}: site {siteId} has no sensor of scenario {scenario}; choose another site",
  },
  "simulators.too-few-sites": {
    zh: "{where}：需要 {wanted} 个可用的 {scenario} 站点，只找到 {found} 个；请放宽条件或减少数量",
    en: "{where}: wants {wanted} sites where {scenario} is heard, and found {found}; ask for fewer or widen the choice",
  },
  "simulators.staged-twice": {
    zh: "{where}：站点 {siteId} 本次演练已有场景 {scenario} 的险情；请另选站点",
    en: "{where}: site {siteId} already plays an incident of {scenario} in this run; choose another site",
  },
  "simulators.storyline-unreadable": {
    zh: "剧本 {file} 无法读取：{why}",
    en: "Storyline {file} cannot be read: {why}",
  },
  "simulators.storyline-syntax": {
    zh: "剧本 {file} 第 {line} 行第 {col} 列不是有效的 YAML：{why}；请检查缩进、引号与冒号",
    en: "Storyline {file} is no YAML at line {line}, column {col}: {why}; look at indents, quotes and colons",
  },
  "simulators.storyline-shape": {
    zh: "剧本 {file} 第 {line} 行：{field} 的值为 {value}；应为{remedy}",
    en: "Storyline {file}, line {line}: {field} is {value}; it should be {remedy}",
  },
  "simulators.not-there": { zh: "（缺少）", en: "missing" },
  "simulators.not-known": { zh: "（未知字段）", en: "no field of a storyline" },
  "simulators.fault-unreadable": {
    zh: "故障“{text}”无法识别；请写成 drop:2%、duplicate:1%、delay:5%:90s、reorder:2%、skew:10%:3min、stuck:1%、drift:5%:20%、spike:0.1%:10、reboot-storm:30%@10min+2min、battery:2%@30min+60min 或 gateway-loss:网关@10min+5min",
    en: 'Fault "{text}" cannot be read; write drop:2%, duplicate:1%, delay:5%:90s, reorder:2%, skew:10%:3min, stuck:1%, drift:5%:20%, spike:0.1%:10, reboot-storm:30%@10min+2min, battery:2%@30min+60min or gateway-loss:gateway@10min+5min',
  },
  "simulators.gateway-unknown": {
    zh: "故障“{text}”：登记表中没有网关 {gatewayId}",
    en: 'Fault "{text}": there is no gateway {gatewayId} in the register',
  },
  "simulators.rate-too-low": {
    zh: "速率 {rate}：在 {speed} 倍速下至少需要每秒 {least} 条，否则传感器会被判为失联；请提高速率或减少传感器",
    en: "Rate {rate}: at speed {speed} this fleet needs at least {least} readings/s, or its sensors would look silent; raise the rate or use fewer sensors",
  },
  "simulators.secret-missing": {
    zh: "没有 {id} 的凭据；请先运行 brain sensor rotate {id}",
    en: "There is no secret for {id}; run brain sensor rotate {id} first",
  },
  "simulators.nobody-connected": {
    zh: "无法连接 {url}：{why}；请确认系统已启动、凭据有效",
    en: "Nobody could connect to {url}: {why}; see that the brain runs and the credentials are right",
  },
  "simulators.map-unreadable": {
    zh: "映射“{text}”无法识别：{why}；请写成 time=列,sensor=编号或{column},字段=列",
    en: 'Map "{text}" cannot be read: {why}; write time=column,sensor=id or {column},field=column',
  },
  "simulators.map-part": { zh: "“{part}”缺少等号或重复", en: '"{part}" has no = or comes twice' },
  "simulators.map-lacks": { zh: "缺少 {part}", en: "{part} is missing" },
  "simulators.column-missing": {
    zh: "{file} 没有列“{column}”；现有：{known}",
    en: '{file} has no column "{column}"; it has {known}',
  },
  "simulators.field-unknown": {
    zh: "场景 {scenario} 没有字段“{field}”；可用：{known}",
    en: 'Scenario {scenario} has no field "{field}"; it has {known}',
  },
  "simulators.recording-empty": {
    zh: "{file} 没有数据行",
    en: "{file} has no rows",
  },
  "simulators.row-time": {
    zh: "“{value}”不是时间（ISO 8601、秒或毫秒）",
    en: '"{value}" is not a time (ISO 8601, seconds or milliseconds)',
  },
  "simulators.row-value": {
    zh: "列 {column} 的“{value}”不是{type}",
    en: '"{value}" in column {column} is not of type {type}',
  },
  "simulators.row-sensor": {
    zh: "传感器“{value}”未登记",
    en: 'Sensor "{value}" is not in the register',
  },
  "simulators.row-nothing": {
    zh: "没有一个字段有值",
    en: "None of the fields has a value",
  },
  "simulators.scenario": { zh: "场景", en: "Scenario" },
  "simulators.expected": { zh: "应报", en: "Expected" },
  "simulators.seen": { zh: "已报", en: "Seen" },
  "simulators.late": { zh: "迟报", en: "Late" },
  "simulators.missed": { zh: "漏报", en: "Missed" },
  "simulators.false": { zh: "误报", en: "False" },
  "simulators.knock-on": { zh: "连带", en: "Knock-on" },
  "simulators.excused": { zh: "因故障免责", en: "Excused" },
  "simulators.total": { zh: "合计", en: "Total" },
  "simulators.readings": {
    zh: "读数：发出 {sent}，确认 {acked}，入库 {stored}，隔离 {quarantined}，丢失 {lost}，因无知情同意被拒 {refused}",
    en: "Readings: {sent} sent, {acked} acknowledged, {stored} stored, {quarantined} in quarantine, {lost} lost, {refused} refused for want of consent",
  },
  "simulators.times": {
    zh: "确认用时：中位 {ack50} 毫秒，99 % 在 {ack99} 毫秒内；告警用时：中位 {alert50} 毫秒，99 % 在 {alert99} 毫秒内",
    en: "To acknowledge: median {ack50} ms, 99 % within {ack99} ms; to alert: median {alert50} ms, 99 % within {alert99} ms",
  },
  "simulators.missed-alert": {
    zh: "漏报 {scenario}/{rule}，地点 {place}（险情 {incident}）：应在 {by} 前告警",
    en: "Missed {scenario}/{rule} at {place} (incident {incident}): should have fired by {by}",
  },
  "simulators.late-alert": {
    zh: "迟报 {scenario}/{rule}，地点 {place}（险情 {incident}）：应在 {by} 前，实际 {firedAt}",
    en: "Late {scenario}/{rule} at {place} (incident {incident}): due by {by}, fired at {firedAt}",
  },
  "simulators.false-alert": {
    zh: "误报 {scenario}/{rule}，地点 {place}，时间 {firedAt}（告警 {id}）",
    en: "False {scenario}/{rule} at {place}, fired at {firedAt} (alert {id})",
  },
  "simulators.not-yet-due": {
    zh: "{count} 个险情在结束时尚未到告警时限，不计入应报",
    en: "{count} alerts were not yet due when the run ended and are not counted as expected",
  },
  "simulators.passed": { zh: "通过", en: "Passed" },
  "simulators.failed": { zh: "未通过：{why}", en: "Failed: {why}" },
  "simulators.failure-lost": { zh: "有读数丢失", en: "readings were lost" },
  "simulators.failure-unacknowledged": {
    zh: "有读数未获确认",
    en: "readings were not acknowledged",
  },
  "simulators.failure-missed": { zh: "有漏报", en: "alerts were missed" },
  "simulators.failure-late": { zh: "有迟报", en: "alerts came late" },
  "simulators.failure-false": { zh: "有误报", en: "there were false alerts" },
} as const satisfies Record<string, Text>;
