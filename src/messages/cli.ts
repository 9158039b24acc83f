// What the command line says.

import type { Text } from "../core/text.ts";

export const cliMessages = {
  "cli.about": {
    zh: "街道城市运行管理中心的后端：传感器读数成为告警，告警成为案件，由传感器确认处置结果。",
    en: "The back end of a street command centre: readings become alerts, alerts become cases, and the sensor confirms the fix.",
  },
  "cli.lang": { zh: "语言：zh 或 en", en: "Language: zh or en" },
  "cli.data": { zh: "数据目录", en: "Data folder" },
  "cli.json": { zh: "输出 JSON，供程序读取", en: "Print JSON, for programs" },
  "cli.config-wrong": {
    zh: "配置有误：\n  {faults}",
    en: "The configuration is wrong:\n  {faults}",
  },
  "cli.starting": {
    zh: "{folder} 上的系统正在启动，请稍后再试",
    en: "The brain on {folder} is just starting; try again in a moment",
  },
  "cli.port-taken": {
    zh: "端口 {port} 已被占用；请用 --http、--mqtt 另选端口，或停止占用它的程序",
    en: "Port {port} is taken; choose another with --http or --mqtt, or stop the program that holds it",
  },
  "start.about": { zh: "启动生产系统，按真实时间运行", en: "Start a live brain, on real time" },
  "start.http": { zh: "HTTP 端口", en: "HTTP port" },
  "start.mqtt": { zh: "MQTT 端口", en: "MQTT port" },
  "start.host": { zh: "监听地址", en: "Address to listen on" },
  "start.ready": {
    zh: "社区大脑已就绪：页面与接口 {http}，MQTT {mqtt}，数据目录 {folder}",
    en: "Community Brain is ready: pages and API at {http}, MQTT at {mqtt}, data in {folder}",
  },
  "start.no-token": {
    zh: "还没有访问令牌：运行 npm run brain -- token create --role admin --name 姓名",
    en: "There is no token yet: npm run brain -- token create --role admin --name NAME",
  },
  "start.draining": { zh: "正在收尾……", en: "Finishing what was taken …" },
  "start.stopped": {
    zh: "已停止，没有丢失任何已确认的数据",
    en: "Stopped; nothing that was acknowledged is lost",
  },
  "scenario.about": {
    zh: "查看、编写、检验和回测场景",
    en: "Look at the scenarios; write, test and backtest them",
  },
  "scenario.list": { zh: "列出全部场景及其规则", en: "List all scenarios and their rules" },
  "scenario.show": {
    zh: "一个场景：规则、阈值、来源",
    en: "One scenario: its rules, numbers and sources",
  },
  "scenario.unknown": {
    zh: "没有场景 {id}；现有：{known}",
    en: "There is no scenario {id}; there are: {known}",
  },
  "scenario.rule": { zh: "规则", en: "Rule" },
  "scenario.asks": { zh: "问题", en: "Asks" },
  "scenario.hold": { zh: "持续", en: "Held" },
  "scenario.release": { zh: "解除", en: "Released" },
  "scenario.case": { zh: "案件", en: "Case" },
  "scenario.source": { zh: "来源", en: "Source" },
  "import.about": {
    zh: "导入登记表：传感器、站点、单元网格等（CSV 或 GeoJSON）；有一行出错就全部不导入",
    en: "Import register files: sensors, sites, cells … (CSV or GeoJSON); one bad row and nothing is imported",
  },
  "import.kind": {
    zh: "文件内容的种类；默认取自文件名",
    en: "What the file holds; default: from its name",
  },
  "import.skip-bad": { zh: "跳过有错的行，导入其余", en: "Leave bad rows out and import the rest" },
  "import.done": { zh: "已导入 {count} 条", en: "{count} imported" },
  "import.refused": {
    zh: "{count} 处有误，什么都没有导入",
    en: "{count} things are wrong; nothing was imported",
  },
  "gateway.about": { zh: "网关及其凭据", en: "Gateways and their credentials" },
  "gateway.add": {
    zh: "登记网关并给出密钥（只显示一次）",
    en: "Register a gateway and show its secret, this once",
  },
  "gateway.rotate": {
    zh: "给网关换新密钥，旧密钥在宽限期内仍可用",
    en: "Give a gateway a new secret; the old one stays good for a while",
  },
  "gateway.list": { zh: "列出网关", en: "List gateways and how many sensors they speak for" },
  "gateway.unknown": { zh: "没有网关 {id}", en: "There is no gateway {id}" },
  "sensor.about": { zh: "传感器及其凭据", en: "Sensors and their credentials" },
  "sensor.add": {
    zh: "登记一个传感器；密钥只显示这一次",
    en: "Register a sensor; its secret is shown this once",
  },
  "sensor.rotate": {
    zh: "更换密钥；旧密钥在限期内仍可用",
    en: "Give a new secret; the old one stays good for a while",
  },
  "sensor.list": { zh: "列出传感器", en: "List sensors" },
  "sensor.site": { zh: "所在站点", en: "The site it stands at" },
  "sensor.scenario": { zh: "所属场景", en: "The scenario it speaks for" },
  "sensor.grace": { zh: "旧密钥仍可用的小时数", en: "Hours that the old secret stays good" },
  "sensor.unknown": { zh: "没有传感器 {id}", en: "There is no sensor {id}" },
  "sensor.secret": {
    zh: "{id} 的密钥（只显示这一次，请立即保存）：{secret}",
    en: "Secret of {id} (shown this once; keep it now): {secret}",
  },
  "token.about": { zh: "访问令牌", en: "Access tokens" },
  "token.create": { zh: "新建令牌；只显示这一次", en: "Make a token; it is shown this once" },
  "token.revoke": { zh: "吊销令牌", en: "Revoke a token" },
  "token.role": {
    zh: "角色：viewer、operator、supervisor、developer 或 admin",
    en: "Role: viewer, operator, supervisor, developer or admin",
  },
  "token.name": {
    zh: "使用者姓名，出现在每条操作记录中",
    en: "Who uses it; stands in every record of what they do",
  },
  "token.made": {
    zh: "{name}（{role}）的令牌 {id}，只显示这一次：{token}",
    en: "Token {id} of {name} ({role}), shown this once: {token}",
  },
  "token.revoked": { zh: "令牌 {id} 已吊销", en: "Token {id} is revoked" },
  "alerts.about": { zh: "列出告警", en: "List alerts" },
  "alerts.state": {
    zh: "open、active、unacknowledged、shelved、suppressed、latched 或 resolved",
    en: "open, active, unacknowledged, shelved, suppressed, latched or resolved",
  },
  "list.limit": { zh: "最多几条", en: "At most so many" },
  "list.none": { zh: "没有", en: "None" },
  "quarantine.about": {
    zh: "列出被拒收的消息及各原因的次数",
    en: "List refused messages, and how many under each reason",
  },
  "quarantine.reason": { zh: "只看这一原因", en: "Only this reason" },
  "doctor.about": {
    zh: "检查配置、磁盘、端口、文件数上限、时钟，并说明怎么办",
    en: "Check configuration, disk, ports, file limits and clock, and say what to do",
  },
  "doctor.ok": { zh: "正常", en: "ok" },
  "doctor.warn": { zh: "注意", en: "look" },
  "doctor.bad": { zh: "有误", en: "wrong" },
  "doctor.node": { zh: "Node {version}", en: "Node {version}" },
  "doctor.node-bad": {
    zh: "Node {version}：需要 24 或更新",
    en: "Node {version}: 24 or newer is needed",
  },
  "doctor.config": { zh: "配置可读", en: "The configuration is in order" },
  "doctor.folder-free": { zh: "数据目录 {folder} 可用", en: "Data folder {folder} can be used" },
  "doctor.folder-run": {
    zh: "数据目录 {folder} 上正在运行进程 {pid}（{mode}）",
    en: "Process {pid} ({mode}) runs on data folder {folder}",
  },
  "doctor.folder-bad": {
    zh: "数据目录 {folder} 不可写：{why}",
    en: "Data folder {folder} can't be written: {why}",
  },
  "doctor.disk": { zh: "磁盘剩余 {free} GiB", en: "{free} GiB of disk free" },
  "doctor.disk-low": {
    zh: "磁盘只剩 {free} GiB，日志与历史最多要 {wanted} GiB；请扩容或调低 logMaxGiB、historyMaxGiB",
    en: "Only {free} GiB of disk free, and log and history may want {wanted} GiB; add disk, or lower logMaxGiB and historyMaxGiB",
  },
  "doctor.port": { zh: "端口 {port}（{what}）可用", en: "Port {port} ({what}) is free" },
  "doctor.files": { zh: "可打开文件数 {limit}", en: "{limit} open files allowed" },
  "doctor.files-low": {
    zh: "可打开文件数只有 {limit}，即每个进程约 {connections} 个连接；建议 65536：在 /etc/security/limits.conf 写“* hard nofile 65536”后重新登录（或 systemd 的 LimitNOFILE=65536，Docker 的 --ulimit nofile=65536），再执行 ulimit -n 65536",
    en: 'Only {limit} open files allowed, about {connections} connections a process; 65536 is advised: write "* hard nofile 65536" in /etc/security/limits.conf and log in again (systemd: LimitNOFILE=65536, Docker: --ulimit nofile=65536), then ulimit -n 65536',
  },
  "doctor.clock": { zh: "时钟与文件系统一致", en: "The clock agrees with the file system's" },
  "doctor.clock-bad": {
    zh: "时钟与文件系统相差 {seconds} 秒；请检查 NTP",
    en: "The clock and the file system's differ by {seconds} s; check NTP",
  },
  "doctor.fsync": {
    zh: "磁盘落盘耗时 中位 {p50} 毫秒，最差 {worst} 毫秒",
    en: "The disk syncs in {p50} ms at the median, {worst} ms at worst",
  },
  "demo.about": {
    zh: "演练：一条虚构街道、模拟传感器与暴雨夜剧本，时钟为真实时间的 60 倍",
    en: "A drill: an invented street, simulated sensors and a storm night, on a clock 60 times as fast",
  },
  "demo.exercise": {
    zh: "演练 EXERCISE：虚构街道，{sensors} 个传感器，时钟 {speed} 倍速，数据目录 {folder}",
    en: "EXERCISE: an invented street, {sensors} sensors, the clock {speed} times as fast, data in {folder}",
  },
  "demo.look": {
    zh: "打开 {http} 查看告警与案件；Ctrl-C 结束",
    en: "Open {http} to watch alerts and cases; Ctrl-C ends",
  },
  "demo.connecting": { zh: "正在连接：{up}/{of}", en: "Connecting: {up} of {of}" },
  "demo.story": { zh: "剧本：{name}。{tells}", en: "Storyline: {name}. {tells}" },
  "demo.alert": {
    zh: "{at}  {level} {rule}  {site}  {phase}",
    en: "{at}  {level} {rule}  {site}  {phase}",
  },
  "demo.case": {
    zh: "{at}  案件 {number}  {filing}  {site}  {state}",
    en: "{at}  case {number}  {filing}  {site}  {state}",
  },
  "demo.status": {
    zh: "{at}  已发 {sent}，已确认 {acked}，未恢复告警 {alerts}，在办案件 {cases}",
    en: "{at}  {sent} sent, {acked} acknowledged, {alerts} alerts open, {cases} cases open",
  },
  "simulate.about": {
    zh: "用模拟传感器演练，最后给出结论：发送、确认、入库、应有与实有告警",
    en: "Drive simulated sensors through a drill and end with a verdict: sent, acknowledged, stored, alerts expected and seen",
  },
  "simulate.for": { zh: "持续秒数（真实时间）", en: "Seconds to run (real time)" },
  "simulate.rate": {
    zh: "每秒读数（真实时间）；默认按各场景周期",
    en: "Readings a real second; default: each scenario's own period",
  },
  "simulate.speed": { zh: "时钟倍速", en: "How many times as fast the clock runs" },
  "simulate.sensors": { zh: "传感器数量", en: "Number of sensors" },
  "simulate.seed": { zh: "随机种子；相同种子相同过程", en: "Seed; the same seed is the same run" },
  "simulate.storyline": {
    zh: "剧本名（见 --list）或 YAML、JSON 文件；none 为无",
    en: "A storyline's name (see --list) or YAML or JSON file; none for none",
  },
  "simulate.street": {
    zh: "整条街道：21000 个传感器，按实际比例",
    en: "The whole street: 21,000 sensors in the ratios of a real one",
  },
  "simulate.list": { zh: "列出自带剧本", en: "List the storylines of the house" },
  "simulate.at": {
    zh: "模拟开始的时刻，如 2026-07-14T22:00:00+08:00；默认取剧本的钟点，或现在",
    en: "When it is on the street, as 2026-07-14T22:00:00+08:00; default: the storyline's hour, or now",
  },
  "simulate.at-wrong": {
    zh: "--at 是“{value}”；请给出带时区的 ISO 8601 时刻，如 2026-07-14T22:00:00+08:00",
    en: '--at is "{value}"; give an ISO 8601 time with its zone, as 2026-07-14T22:00:00+08:00',
  },
  "simulate.report": {
    zh: "把结论与全部告警写入 JSON 文件",
    en: "Write the verdict and all alerts to a JSON file",
  },
  "simulate.too-many": {
    zh: "传感器要占 {speakers} 个连接，本机每个进程最多 {most} 个；请提高可打开文件数（ulimit -n 65536，或见 brain doctor），或用 --sensors 减少传感器",
    en: "The sensors take {speakers} connections and a process here may hold {most}; raise the limit on open files (ulimit -n 65536, or see brain doctor), or use fewer with --sensors",
  },
  "simulate.incident": {
    zh: "指定险情，如 river-level:flood@station-3+10/45；可多次",
    en: "Stage an incident, as in river-level:flood@station-3+10/45; may be given again",
  },
  "simulate.fault": {
    zh: "叠加故障，如 drop:2%、duplicate:1%、delay:5%:90s；可多次",
    en: "Lay a fault over the fleet, as in drop:2%, duplicate:1%, delay:5%:90s; may be given again",
  },
  "simulate.virtual": {
    zh: "不经 MQTT，直接写入日志，以机器最快速度运行；--hours 为模拟时长",
    en: "Without MQTT, straight into the log, as fast as the machine can; --hours says how long on the street",
  },
  "simulate.hours": { zh: "虚拟运行的模拟小时数", en: "Hours on the street, of a virtual run" },
  "simulate.junit": {
    zh: "把结论写成 JUnit XML 文件",
    en: "Write the verdict as JUnit XML to this file",
  },
  "simulate.keep": { zh: "保留演练数据目录", en: "Keep the drill's data folder" },
  "simulate.progress": {
    zh: "模拟到 {at}，{sent} 条读数，{alerts} 个告警",
    en: "At {at}: {sent} readings, {alerts} alerts",
  },
  "simulate.story-unknown": {
    zh: "没有剧本 {id}；现有：{known}",
    en: "There is no storyline {id}; there are: {known}",
  },
  "number.wrong": {
    zh: "{option} 是“{value}”；请给一个数",
    en: '{option} is "{value}"; give a number',
  },
  "replay.about": {
    zh: "经 MQTT 重放一份 CSV 记录；默认送入时钟随记录走的演练系统",
    en: "Replay a CSV recording over MQTT; by default into a drill brain whose clock follows it",
  },
  "replay.map": {
    zh: "列映射：time=列,sensor=编号或{列},字段=列",
    en: "Columns: time=column,sensor=id or {column},field=column",
  },
  "replay.register": {
    zh: "为这次演练登记的 CSV/GeoJSON 文件",
    en: "Register files (CSV, GeoJSON) of this drill",
  },
  "replay.shift": {
    zh: "第一行算作现在，送入正在运行的生产系统（需 --secrets）",
    en: "Tell the first row as of now, into the live brain that runs (wants --secrets)",
  },
  "replay.secrets": { zh: "JSON 文件：传感器编号 → 密钥", en: "JSON file: sensor id → secret" },
  "replay.speed": {
    zh: "记录每真实秒走几秒；默认尽快",
    en: "Seconds of the recording in a real second; default: as fast as acknowledged",
  },
  "replay.sent": { zh: "已发送 {sent}，已确认 {acked}", en: "{sent} sent, {acked} acknowledged" },
  "replay.done": {
    zh: "{sent} 行已发送并确认，{bad} 行不可读，{alerts} 个告警，{cases} 个案件",
    en: "{sent} rows sent and acknowledged, {bad} unreadable, {alerts} alerts, {cases} cases",
  },
  "replay.register-wrong": {
    zh: "登记文件有误：\n{faults}",
    en: "The register files are wrong:\n{faults}",
  },
  "replay.not-running": {
    zh: "{folder} 上没有运行中的生产系统；--shift-to-now 需要先运行 brain start",
    en: "No live brain runs on {folder}; --shift-to-now wants one: brain start",
  },
} as const satisfies Record<string, Text>;
