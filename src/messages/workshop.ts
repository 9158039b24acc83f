// What the workshop of the scenario developer says.

import type { Text } from "../core/text.ts";

export const workshopMessages = {
  "workshop.backtest": {
    zh: "用当前文件夹里的场景重新研判已存历史：告警、案件、负荷，并可与实际记录对比",
    en: "Judge the stored past with the scenario as it is here: alerts, cases, load, and what differs from the record",
  },
  "workshop.from": {
    zh: "起始时间，如 2026-09-01 或 2026-09-01T08:00（街道时间）；默认截止前 28 天",
    en: "Beginning, as 2026-09-01 or 2026-09-01T08:00 (street time); default 28 days before the end",
  },
  "workshop.to": {
    zh: "截止时间；默认到已完整存储的时刻",
    en: "End; default: as far as the past is stored whole",
  },
  "workshop.warm-up": {
    zh: "起始之前先研判多少天，使规则的记忆就绪",
    en: "Days before the beginning that are judged first, so that the rules' memories are filled",
  },
  "workshop.params": {
    zh: "以这些参数代替默认值，如 riseInHourM=0.4",
    en: "Parameters instead of the defaults, as riseInHourM=0.4",
  },
  "workshop.against": {
    zh: "live：与同期实际记录的告警逐条对比",
    en: "live: compare with the alerts on record in that period, one by one",
  },
  "workshop.against-what": {
    zh: "--against {value}：只能写 live",
    en: "--against {value}: the only thing to compare with is live",
  },
  "workshop.seats": { zh: "值守席位数", en: "Seats at the desk" },
  "workshop.svg": {
    zh: "把若干过程画成 SVG，写入此文件夹",
    en: "Draw episodes as SVG files into this folder",
  },
  "workshop.episode": {
    zh: "要画的告警编号；不写则先画有差异的",
    en: "Ids of the alerts to draw; without it those that differ come first",
  },
  "workshop.no-past": {
    zh: "{folder} 里没有已存历史；请用 --data 指定系统的数据目录",
    en: "{folder} holds no stored past; name the brain's data folder with --data",
  },
  "workshop.no-instant": {
    zh: "{option} {value} 不是时间；请写 2026-09-01、2026-09-01T08:00 或毫秒数",
    en: "{option} {value} is no time; write 2026-09-01, 2026-09-01T08:00 or epoch milliseconds",
  },
  "workshop.no-period": {
    zh: "{from} 不早于 {to}：请把 --from 提前，或把 --to 推后",
    en: "{from} is not before {to}: set --from earlier or --to later",
  },
  "workshop.no-param": {
    zh: "--params {given}：应写 名称=值；名称有：{known}",
    en: "--params {given}: write name=value, with one of these names: {known}",
  },
  "workshop.bad-param": {
    zh: "参数 {name} = {value} 不允许：{why}",
    en: "Parameter {name} = {value} is not allowed: {why}",
  },
  "workshop.no-episode": {
    zh: "这段时间里没有告警 {id}；编号见 --json 输出",
    en: "There is no alert {id} in the period; --json lists the ids",
  },
  "workshop.judged": {
    zh: "{from} 至 {to}：研判 {readings} 条读数，告警 {alerts} 条，案件 {cases} 件",
    en: "{from} to {to}: {readings} readings judged, {alerts} alerts, {cases} cases",
  },
  "workshop.load-line": {
    zh: "负荷：每席每小时 {rate} 条（{seats} 席；可接受 {acceptable}，上限 {most}）：{burden}",
    en: "Load: {rate} alerts an hour and seat ({seats} seats; {acceptable} acceptable, {most} at most): {burden}",
  },
  "workshop.acceptable": { zh: "可接受", en: "acceptable" },
  "workshop.bearable": { zh: "偏高，尚可应付", en: "high, but bearable" },
  "workshop.too-much": { zh: "过高，必须削减", en: "too much, some must go" },
  "workshop.busiest": {
    zh: "最忙的一小时自 {at} 起，每席 {alerts} 条",
    en: "Busiest hour from {at}: {alerts} a seat",
  },
  "workshop.week": {
    zh: "  自 {from} 起一周：{alerts} 条，每席每小时 {rate} 条",
    en: "  week from {from}: {alerts} alerts, {rate} an hour and seat",
  },
  "workshop.shares": {
    zh: "级别占比：低（蓝黄）{low} %，中（橙）{middle} %，高（红）{high} %；宜为 {wanted}",
    en: "Levels: low (blue, yellow) {low} %, middle (orange) {middle} %, high (red) {high} %; {wanted} is aimed at",
  },
  "workshop.precision": {
    zh: "{rule} 准确率 {share}（属实 {right}，误报 {wrong}；改动后漏掉属实 {missed}，少掉误报 {spared}）",
    en: "{rule} precision {share} ({right} true, {wrong} false; true ones missed {missed}, false ones spared {spared})",
  },
  "workshop.no-difference": {
    zh: "与实际记录没有差异（{unchanged} 条告警逐条相同）",
    en: "no difference from the record ({unchanged} alerts are the same)",
  },
  "workshop.differences": {
    zh: "新增 {new}，消失 {gone}，提前 {earlier}，推迟 {later}，级别或结束不同 {changed}，相同 {unchanged}",
    en: "{new} new, {gone} gone, {earlier} earlier, {later} later, {changed} with another level or end, {unchanged} unchanged",
  },
  "workshop.new": { zh: "新增", en: "new" },
  "workshop.gone": { zh: "消失", en: "gone" },
  "workshop.earlier": { zh: "提前", en: "earlier" },
  "workshop.later": { zh: "推迟", en: "later" },
  "workshop.changed": { zh: "不同", en: "changed" },
  "workshop.by-minutes": { zh: "{minutes} 分钟", en: "{minutes} min" },
  "workshop.apart": {
    zh: "未对比 {count} 条：{why}",
    en: "{count} not compared: {why}",
  },
  "workshop.apart.open-before": {
    zh: "起始之前就已开始，只有一方看得见开头",
    en: "it began before the stored past or the warm-up, where only one side saw it begin",
  },
  "workshop.apart.removed": {
    zh: "传感器或站点已从登记表移除",
    en: "its sensor or site is gone from the register",
  },
  "workshop.apart.moved": {
    zh: "传感器已移到别处",
    en: "its sensor stands elsewhere by now",
  },
  "workshop.apart.no-consent": {
    zh: "当时没有（或已撤回）同意",
    en: "there is no consent on record for that time",
  },
  "workshop.apart.pause": {
    zh: "紧邻系统停运，停运的准确时刻没有记录",
    en: "it lies at a pause of the brain, whose exact ends are not on record",
  },
  "workshop.apart.readings-deleted": {
    zh: "所依据的读数已不在历史中",
    en: "the readings it was made of are no longer stored",
  },
  "workshop.cut": {
    zh: "历史只完整存到 {to}，以此为止",
    en: "The past is stored whole up to {to}; the period ends there",
  },
  "workshop.empty": {
    zh: "这段时间没有该场景的读数",
    en: "There are no readings of this scenario in the period",
  },
  "workshop.begins": {
    zh: "已存历史从 {at} 开始；需要更早数据的规则此前没有记忆",
    en: "The stored past begins at {at}; rules that look further back have no memory of before",
  },
  "workshop.pause": {
    zh: "{from} 至 {to} 没有任何读数，按系统停运处理：期间不计失联",
    en: "Nothing was heard from {from} to {to}: taken as a pause of the brain, in which silence counts for nobody",
  },
  "workshop.strangers": {
    zh: "略过 {count} 条读数：其传感器已不在登记表中或已移走",
    en: "{count} readings left out: their sensor is gone from the register or stands elsewhere",
  },
  "workshop.unordered": {
    zh: "{count} 条读数与同一传感器的另一条同时收到，历史不存先后，按读数时间研判",
    en: "{count} readings were received together with another of their sensor; their order is not stored, so they were judged in order of time",
  },
  "workshop.versions": {
    zh: "实际记录里有场景的其他版本：{versions}",
    en: "Alerts on record were judged by other versions of the scenario: {versions}",
  },
  "workshop.register-now": {
    zh: "站点事实、许可和停用按登记表现状研判；过去的改动没有存下来，无法还原",
    en: "Facts of sites, permits and service are those of the register now: what they were before is not stored",
  },
  "workshop.new-about": {
    zh: "新建场景文件夹并加入 scenarios/index.ts；列出只有作者才知道的内容",
    en: "Write the folder of a new scenario and its line in scenarios/index.ts, and say what only its author knows",
  },
  "workshop.name-zh": { zh: "中文名称", en: "Its Chinese name" },
  "workshop.name-en": { zh: "英文名称", en: "Its English name" },
  "workshop.bad-id": {
    zh: "{id} 不能作场景编号；请用小写字母、数字和连字符，如 noise-level",
    en: "{id} can't be a scenario's id; write small letters, digits and hyphens, as noise-level",
  },
  "workshop.there-already": {
    zh: "{folder} 已存在；请换一个编号，或先删除该文件夹",
    en: "{folder} is there already; choose another id, or remove that folder first",
  },
  "workshop.wrote": { zh: "已写入 {path}", en: "wrote {path}" },
  "workshop.only-you": {
    zh: "以下 {count} 项只有您知道：",
    en: "These {count} are known to you alone:",
  },
  "workshop.then": {
    zh: "填好后运行 brain scenario test {id}",
    en: "Fill them in, then run brain scenario test {id}",
  },
  "workshop.not-loaded": {
    zh: "场景 {id} 无法载入：{why}",
    en: "Scenario {id} can't be loaded: {why}",
  },
  "workshop.test": {
    zh: "检验一个场景：合规检查和时间线",
    en: "Test one scenario: conformance and its timelines",
  },
  "workshop.watch": {
    zh: "文件夹有改动就重新检验，按 Ctrl-C 结束",
    en: "Test again whenever its folder changes, until Ctrl-C",
  },
  "workshop.watching": {
    zh: "正在监视 scenarios/{id}",
    en: "Watching scenarios/{id}",
  },
  "workshop.no-vitest": {
    zh: "未安装 vitest，只做了合规检查；要运行时间线，请在源码目录执行 npm ci",
    en: "vitest is not installed, so only conformance was checked; for the timelines run npm ci in the source",
  },
  "workshop.tested": {
    zh: "通过 {passed}，失败 {failed}",
    en: "{passed} passed, {failed} failed",
  },
  "workshop.record": {
    zh: "把现场发生的一条告警或一件案件做成夹具和测试",
    en: "Make a fixture and a test of an alert or case from the field",
  },
  "workshop.as-it-was": {
    zh: "期望与当时相同（回归测试）；默认误报或未定性的告警期望不再出现",
    en: "Expect what came then; without it an alert that was false, or is not judged yet, is expected not to come",
  },
  "workshop.no-alert": {
    zh: "没有编号为 {id} 的告警或案件；编号见 brain alerts --json",
    en: "There is no alert or case {id}; brain alerts --json lists the ids",
  },
  "workshop.personal": {
    zh: "{id} 的读数涉及个人，不写入源码；请手写一条时间线代替",
    en: "Readings of {id} are about persons and don't go into the source; write a timeline by hand instead",
  },
  "workshop.no-readings": {
    zh: "{id} 前后的读数已不在历史中，无法录制",
    en: "The readings around {id} are no longer stored: there is nothing to record",
  },
  "workshop.recorded": {
    zh: "{path} 已存在；若要重录请先删除",
    en: "{path} is there already; remove it to record again",
  },
  "workshop.came-otherwise": {
    zh: "注意：用现在的场景和登记表，结果与当时的记录不同",
    en: "Note: with the scenario and the register as they are now it does not come as it is on record",
  },
  "workshop.fails-now": {
    zh: "这个测试现在不通过，正是要修正的地方：改规则或改期望，然后运行 brain scenario test {id}",
    en: "The test fails now, which is what is to be mended: change the rule, or what it expects, then run brain scenario test {id}",
  },
  "workshop.passes-now": {
    zh: "这个测试现在通过，作为回归测试保留",
    en: "The test passes now and stays as a regression test",
  },
  "workshop.load": {
    zh: "每席每小时的预期告警数与级别占比，对照可接受的上限；给出数据目录时也统计实际记录",
    en: "Alerts to be expected an hour and seat, and their levels, against what can be borne; with a data folder also those on record",
  },
  "workshop.load-data": {
    zh: "数据目录：按其登记的传感器估算，并统计其告警",
    en: "Data folder: its sensors are counted, and the alerts on record",
  },
  "workshop.load-days": { zh: "统计最近多少天的记录", en: "Days of the record that are counted" },
  "workshop.load-sensors": {
    zh: "没有数据目录时，按多少传感器的虚拟街道估算",
    en: "Without a data folder: sensors of the invented street that is counted on",
  },
  "workshop.load-expected": {
    zh: "按 {rules} 条规则自己的估计：",
    en: "Expected, as {rules} rules say of themselves:",
  },
  "workshop.load-silent": {
    zh: "{count} 条规则没有写 rationale.load，未计入：{rules}",
    en: "{count} rules say nothing (rationale.load) and are not counted: {rules}",
  },
  "workshop.load-record": { zh: "实际记录：", en: "On record:" },
  "workshop.bad-json": {
    zh: "--params {value} 不是 JSON：{why}；也可写 名称=值",
    en: "--params {value} is no JSON: {why}; or write name=value",
  },
  "workshop.shadow": {
    zh: "影子运行：用另一组参数在实际研判旁边一起研判，不告警、不立案、不通知",
    en: "Judge with other parameters beside the live ones: no alert, no case, no notice",
  },
  "workshop.shadow-params": {
    zh: '影子的参数，如 riseInHourM=0.4 或 {"riseInHourM":0.4}；其余与现行参数相同',
    en: 'Parameters of the shadow, as riseInHourM=0.4 or {"riseInHourM":0.4}; the rest as they are live',
  },
  "workshop.on-or-off": {
    zh: "{value}：应为 on 或 off",
    en: "{value}: write on or off",
  },
  "workshop.shadow-same": { zh: "与现行参数相同", en: "as live" },
  "workshop.shadow-on": {
    zh: "{id} 的影子已开始研判（{names}）；用 brain scenario diff {id} 查看差异",
    en: "The shadow of {id} judges from now on ({names}); brain scenario diff {id} says what differs",
  },
  "workshop.shadow-off": {
    zh: "{id} 的影子已结束；记录保留到下一次开始",
    en: "The shadow of {id} is over; what it found stays until the next one begins",
  },
  "workshop.diff": {
    zh: "影子与实际研判的差异：新增、消失、提前、推迟，差多少",
    en: "What the shadow found otherwise than the live one: new, gone, earlier, later, by how much",
  },
  "workshop.no-records": {
    zh: "{folder} 里没有系统的数据；请用 --data 指定数据目录",
    en: "{folder} holds no data of a brain; name the data folder with --data",
  },
  "workshop.no-shadow": {
    zh: "{id} 还没有影子；先运行 brain scenario shadow {id} on",
    en: "{id} has had no shadow yet; run brain scenario shadow {id} on",
  },
  "workshop.now": { zh: "现在", en: "now" },
  "workshop.shadowed": {
    zh: "{id} 的影子：{from} 至 {to}，{names}（{by}）",
    en: "Shadow of {id}: {from} to {to}, {names} ({by})",
  },
  "workshop.same-as-live": {
    zh: "与实际研判没有差异（{unchanged} 条告警逐条相同）",
    en: "no difference from live ({unchanged} alerts are the same)",
  },
  "workshop.shadow-fault": {
    zh: "影子的规则出过错：{fault}",
    en: "A rule of the shadow failed: {fault}",
  },
  "workshop.shadow-full": {
    zh: "告警太多，影子已自行结束：这组参数不可用",
    en: "The shadow ended by itself: it found too many alerts to be of use",
  },
  "workshop.shadow-ended": {
    zh: "影子因故障结束：{why}",
    en: "The shadow ended by a fault: {why}",
  },
  "workshop.release": {
    zh: "发布参数：从现在起按这组参数研判；规则的记忆和计时保留",
    en: "Release parameters: judged with from now on; what the rules remember and wait for stays",
  },
  "workshop.release-params": {
    zh: '要发布的参数，如 riseInHourM=0.4 或 {"riseInHourM":0.4}；其余与现行参数相同',
    en: 'Parameters to release, as riseInHourM=0.4 or {"riseInHourM":0.4}; the rest as they are in force',
  },
  "workshop.release-what": {
    zh: "请用 --params 写明要发布的参数；可用的参数见 brain scenario show {id} --json",
    en: "Say what to release with --params; brain scenario show {id} --json lists the parameters",
  },
  "workshop.rollback": {
    zh: "回退：重新发布上一次发布之前的参数",
    en: "Release again what was in force before the last release",
  },
  "workshop.approved-by": {
    zh: "批准人，须是发布人以外的另一人",
    en: "Who approves: a second person",
  },
  "workshop.release-same": { zh: "没有改动", en: "nothing changed" },
  "workshop.released": {
    zh: "{id} 的第 {number} 次发布已生效（{names}）；可用 brain scenario rollback {id} 回退",
    en: "Release {number} of {id} is in force ({names}); brain scenario rollback {id} takes it back",
  },
  "workshop.rolled-back": {
    zh: "{id} 的第 {number} 次发布已生效，恢复第 {restores} 次的参数（{names}）",
    en: "Release {number} of {id} is in force, with the parameters of release {restores} ({names})",
  },
  "workshop.warning": { zh: "提醒：{warning}", en: "Warning: {warning}" },
} as const satisfies Record<string, Text>;
