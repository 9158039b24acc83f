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
  "scenario.about": { zh: "查看场景", en: "Look at the scenarios" },
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
    zh: "可打开文件数只有 {limit}；每个连接要一个，建议 65536（ulimit -n，或 systemd 的 LimitNOFILE）",
    en: "Only {limit} open files allowed; each connection takes one: 65536 is advised (ulimit -n, or LimitNOFILE in systemd)",
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
} as const satisfies Record<string, Text>;
