// The documentation that is made from the scenarios themselves, as Markdown, Chinese and English
// side by side.

import { Create } from "typebox/value";
import type {
  AnyRule,
  AnyScenario,
  CasePolicy,
  Duration,
  Limit,
  Source,
  Text,
  Threshold,
} from "../core/index.ts";
import { grades } from "../core/index.ts";

/** One page: every scenario, every rule, its numbers and where they come from. */
export function indexPage(scenarios: readonly AnyScenario[]): string {
  return [
    "# 场景一览 · Scenarios",
    "由 `npm run docs` 根据场景定义生成，请勿手改。Made from the definitions by `npm run docs`; do not edit.",
    table(
      ["id", "场景 · scenario", "站点 · site", "周期 · period", "规则 · rules"],
      scenarios.map((scenario) => [
        `[${scenario.id}](../scenarios/${scenario.id}/README.md)`,
        both(scenario.name),
        `\`${scenario.siteKind}\``,
        span(scenario.every),
        String(rulesOf(scenario).length),
      ]),
    ),
    ...scenarios.map((scenario) =>
      [
        `## ${scenario.id} · ${scenario.name.zh} · ${scenario.name.en}`,
        both(scenario.story),
        ...(scenario.consent ? [consented(scenario.consent.purpose)] : []),
        ruleTable(scenario),
      ].join("\n\n"),
    ),
  ].join("\n\n");
}

/** What a scenario's own page says of its definition. */
export const scenarioPart = (scenario: AnyScenario): string =>
  [
    "### 规则 · Rules",
    ruleTable(scenario),
    "### 处置 · What the operator does",
    rationaleTable(scenario),
    "### 立案 · Cases",
    caseTable(scenario),
    "### 读数 · Readings",
    fieldTable(scenario),
    "### 站点资料 · Facts of the site",
    factTable(scenario),
    "### 参数 · Parameters",
    paramTable(scenario),
    "### 可演练的险情 · Incidents that can be staged",
    incidentTable(scenario),
  ].join("\n\n");

export const START = "<!-- generated -->";
export const END = "<!-- /generated -->";

/** A page with its generated part made anew; throws when the marks are not there. */
export function withPart(page: string, part: string, path: string): string {
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 || end < start)
    throw new Error(`${path}: put ${START} and ${END} where the generated part belongs`);
  return `${page.slice(0, start)}${START}\n\n${part}\n\n${page.slice(end)}`;
}

const rulesOf = (scenario: AnyScenario): [string, AnyRule][] =>
  Object.entries(scenario.rules(Create(scenario.params)));

function ruleTable(scenario: AnyScenario): string {
  const isLifeSafety = (name: string) => scenario.lifeSafety?.includes(name) ?? false;
  const rows = rulesOf(scenario).map(([name, rule]) => [
    `\`${name}\`${isLifeSafety(name) ? " ⛑" : ""}${rule.subject === "site" ? " (site)" : ""}`,
    both(rule.asks),
    bounds(rule.thresholds?.(scenario.sampleSite) ?? []),
    holds(rule),
    `${span(rule.alert.release)}${rule.alert.latch ? "，人工复位 · reset by hand" : ""}`,
    rule.alert.case ? `${rule.alert.case.class} ≥ ${rule.alert.case.from}` : "–",
    rule.sources.map(sourceText).join("<br>"),
  ]);
  const head = ["规则 · rule", "问 · asks", "限值 · bounds", "持续 · hold"];
  return table([...head, "恢复 · release", "立案 · case", "依据 · sources"], rows);
}

const rationaleTable = (scenario: AnyScenario): string =>
  table(
    ["规则 · rule", "做什么 · act", "多快 · within", "否则 · otherwise"],
    rulesOf(scenario).map(([name, { rationale }]) => [
      `\`${name}\``,
      both(rationale.act),
      span(rationale.within),
      both(rationale.otherwise),
    ]),
  );

const caseTable = (scenario: AnyScenario): string =>
  table(
    [
      "规则 · rule",
      "小类 · class",
      "立案 · filing",
      "结案 · closing",
      "时限 · limit",
      "单位 · unit",
      "何时 · opens",
      "核验 · verify",
    ],
    rulesOf(scenario).flatMap(([name, { alert }]) =>
      alert.case
        ? [
            [
              `\`${name}\``,
              alert.case.class,
              both(alert.case.filing),
              both(alert.case.closing),
              limitText(alert.case.limit),
              `\`${alert.case.unit}\``,
              opens(alert.case),
              span(alert.case.verify),
            ],
          ]
        : [],
    ),
  );

type Property = { unit?: string; label?: Text; default?: unknown; enum?: unknown[]; type?: string };
const propertiesOf = (schema: { properties: object }): [string, Property][] =>
  Object.entries(schema.properties);
const isRequired = (schema: { required?: string[] }, name: string): string =>
  schema.required?.includes(name) ? "●" : "";
const kindOf = ({ type, enum: words }: Property): string =>
  words ? words.join(" ") : (type ?? "");

const fieldTable = (scenario: AnyScenario): string =>
  table(
    ["字段 · field", "名称 · name", "类型 · type", "单位 · unit", "必填 · required"],
    propertiesOf(scenario.reading).map(([name, property]) => [
      `\`${name}\``,
      both((scenario.labels as Record<string, Text>)[name]!),
      kindOf(property),
      property.unit ?? "",
      isRequired(scenario.reading, name),
    ]),
  );

const factTable = (scenario: AnyScenario): string =>
  table(
    ["资料 · fact", "名称 · name", "单位 · unit", "必填 · required", "样例 · sample"],
    propertiesOf(scenario.site).map(([name, property]) => [
      `\`${name}\``,
      both(property.label!),
      property.unit ?? "",
      isRequired(scenario.site, name),
      sample((scenario.sampleSite as Record<string, unknown>)[name]),
    ]),
  );

/** A list is too long for a cell: how many there are. */
const sample = (value: unknown): string =>
  Array.isArray(value) ? `${value.length} 项 · entries` : String(value ?? "");

const paramTable = (scenario: AnyScenario): string =>
  table(
    ["参数 · parameter", "含义 · meaning", "默认 · default", "单位 · unit"],
    propertiesOf(scenario.params).map(([name, property]) => [
      `\`${name}\``,
      both(property.label!),
      String(property.default),
      property.unit ?? "",
    ]),
  );

const incidentTable = (scenario: AnyScenario): string =>
  table(
    ["险情 · incident", "内容 · tells", "触发 · raises", "不迟于 · within"],
    Object.entries(scenario.incidents).map(([name, { tells, raises, level, within }]) => [
      `\`${name}\``,
      both(tells),
      `\`${raises}\`${level ? ` ≥ ${level}` : ""}`,
      span(within),
    ]),
  );

const both = ({ zh, en }: Text): string => `${zh}<br>${en}`;

const consented = (purpose: string): string =>
  `须有同意记录（目的 \`${purpose}\`）。Only with consent on record for \`${purpose}\`.`;

const bounds = (thresholds: readonly Threshold[]): string =>
  thresholds
    .map(({ field, when, bound, level, clear }) => {
      const sign = when === "below" ? "<" : "≥";
      return `${level}: \`${field}\` ${sign} ${bound}${clear === undefined ? "" : ` (${clear})`}`;
    })
    .join("<br>") || "–";

function holds({ alert: { hold, samples } }: AnyRule): string {
  const times = samples === undefined ? "" : ` ×${samples}`;
  if (typeof hold === "number") return `${span(hold)}${times}`;
  const named = grades.filter((grade) => hold[grade] !== undefined);
  return named.map((grade) => `${grade}: ${span(hold[grade]!)}${times}`).join("<br>");
}

function opens({ from, when }: CasePolicy): string {
  if (when === "at-once") return `${from}：立即 · at once`;
  const waits = `${from}：${span(when.unacknowledgedFor)} 未确认 · unacknowledged`;
  return when.atOnceFrom ? `${waits}<br>${when.atOnceFrom}：立即 · at once` : waits;
}

const clocks: Record<Limit["unit"], string> = {
  "urgent-minute": "紧急分钟 · urgent min",
  "urgent-hour": "紧急工作时 · urgent h",
  "work-hour": "工作时 · work h",
  "work-day": "工作日 · work days",
};
const limitText = ({ amount, unit }: Limit): string => `${amount} ${clocks[unit]}`;

/** "1 h 30 min", "45 s", "0". */
export function span(duration: Duration): string {
  const parts: string[] = [];
  let left = duration;
  for (const [length, unit] of [
    [86_400_000, "d"],
    [3_600_000, "h"],
    [60_000, "min"],
  ] as const) {
    const whole = Math.floor(left / length);
    if (whole > 0) parts.push(`${whole} ${unit}`);
    left -= whole * length;
  }
  if (left > 0) parts.push(`${left / 1_000} s`);
  return parts.join(" ") || "0";
}

function sourceText(source: Source): string {
  if (source.kind === "register") return `登记资料 · register: ${source.title}`;
  if (source.kind === "operator-default") return "运营默认值 · operator default";
  const { title, edition, clause, unverified } = source;
  const doubt = unverified ? "（待核对原文 · to be checked against the text）" : "";
  return `${title}, ${edition}${clause ? ` §${clause}` : ""}${doubt}`;
}

/** A Markdown table; an empty one says so. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "无 · none";
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
