// What can be wrong with a change of the register: a closed list, each with what it means and what
// to do about it.

import type { Text } from "../core/text.ts";
import type { EntityKind } from "./entities.ts";

/** What people call each kind of entity. */
export const kindNames: Record<EntityKind, Text> = {
  street: { zh: "街道", en: "street" },
  community: { zh: "居委", en: "community" },
  cell: { zh: "单元网格", en: "cell" },
  site: { zh: "站点", en: "site" },
  sensor: { zh: "传感器", en: "sensor" },
  gateway: { zh: "网关", en: "gateway" },
  unit: { zh: "处置单位", en: "unit" },
  permit: { zh: "许可", en: "permit" },
  consent: { zh: "知情同意", en: "consent" },
};

type Entry = { says: Text; remedy: Text };

/**
 * Code → what it means and the remedy. `{wanted}` is what was expected instead, in the reader's
 * language.
 */
export const problems = {
  "change-unknown": {
    says: { zh: "变更无法识别", en: "The change is neither a put nor a removal of a known kind" },
    remedy: {
      zh: '请用 {"put": 类别, "value": …} 或 {"remove": 类别, "id": …}',
      en: 'Write {"put": kind, "value": …} or {"remove": kind, "id": …}',
    },
  },
  "field-missing": {
    says: { zh: "缺少必填项", en: "A required field is missing" },
    remedy: { zh: "请填写该字段", en: "Fill it in" },
  },
  "field-unknown": {
    says: { zh: "没有这个字段", en: "There is no such field" },
    remedy: { zh: "请删除该字段或更正其名称", en: "Remove the field or correct its name" },
  },
  "value-wrong": {
    says: { zh: "值不符合要求", en: "The value does not fit" },
    remedy: { zh: "应为：{wanted}", en: "It must be {wanted}" },
  },
  "id-malformed": {
    says: { zh: "标识不合规范", en: "The id is malformed" },
    remedy: {
      zh: "请用 1 至 64 个字符：A-Z a-z 0-9 _ -",
      en: "Use 1 to 64 of the characters A-Z a-z 0-9 _ -",
    },
  },
  "id-twice": {
    says: { zh: "同一批中该标识出现两次", en: "The id occurs twice in one batch" },
    remedy: {
      zh: "请只保留其一（另一处：{wanted}）",
      en: "Keep one of the two (the other: {wanted})",
    },
  },
  "id-taken": {
    says: {
      zh: "传感器与网关共用凭据编号，该标识已被占用",
      en: "Sensors and gateways share one set of credential ids, and this one is taken",
    },
    remedy: {
      zh: "请另取一个标识（已属于{wanted}）",
      en: "Choose another id (it belongs to a {wanted})",
    },
  },
  "code-malformed": {
    says: { zh: "编码不合规范", en: "The code is malformed" },
    remedy: {
      zh: "应为 {wanted} 位数字；若表格软件改成了科学计数，请把该列设为文本",
      en: "It must be {wanted} digits; if a spreadsheet made a number of it, format the column as text",
    },
  },
  "code-foreign": {
    says: { zh: "编码与上级不一致", en: "The code does not continue that of the level above" },
    remedy: {
      zh: "应以 {wanted} 开头，或更正上级",
      en: "Begin it with {wanted}, or correct the level above",
    },
  },
  "code-taken": {
    says: { zh: "编码已被占用", en: "The code is taken" },
    remedy: {
      zh: "请更正其一（另一条：{wanted}）",
      en: "Correct one of the two (the other is {wanted})",
    },
  },
  "street-second": {
    says: { zh: "一套系统只管一个街道", en: "A brain has one street" },
    remedy: {
      zh: "请使用已登记的街道（{wanted}），或为另一街道另设数据目录",
      en: "Use the street on record ({wanted}), or give the other one a data folder of its own",
    },
  },
  "reference-unknown": {
    says: { zh: "所指的{wanted}未登记", en: "It names a {wanted} that is not in the register" },
    remedy: {
      zh: "请先登记该{wanted}，或在同一批中一并导入",
      en: "Register that {wanted} first, or import it in the same batch",
    },
  },
  "cell-unknown": {
    says: { zh: "坐标不在任何单元网格内", en: "The point lies in no cell" },
    remedy: {
      zh: "请填写 cellId，或先登记该处的网格",
      en: "Fill in cellId, or register the cell that is there",
    },
  },
  "nesting-cycle": {
    says: { zh: "站点互相包含", en: "The site would lie within itself" },
    remedy: {
      zh: "请更正 parentId（循环：{wanted}）",
      en: "Correct parentId (the circle: {wanted})",
    },
  },
  "nesting-deep": {
    says: { zh: "站点嵌套过深", en: "The sites are nested too deeply" },
    remedy: { zh: "最多 {wanted} 层", en: "At most {wanted} levels" },
  },
  "point-outside": {
    says: { zh: "坐标超出范围", en: "The coordinate is out of range" },
    remedy: {
      zh: "应为 WGS-84 度数，{wanted}；经纬度是否写反？",
      en: "Give WGS-84 degrees, {wanted}; were longitude and latitude swapped?",
    },
  },
  "ring-malformed": {
    says: { zh: "边界不成面", en: "The boundary encloses no area" },
    remedy: {
      zh: "请给出至少三个不共线的点",
      en: "Give at least three points that are not on one line",
    },
  },
  "scenario-unknown": {
    says: { zh: "没有这个场景", en: "There is no such scenario" },
    remedy: { zh: "请用下列之一：{wanted}", en: "Use one of {wanted}" },
  },
  "facts-missing": {
    says: {
      zh: "站点没有该场景所需的资料",
      en: "The sensor's site lacks the facts its scenario needs",
    },
    remedy: {
      zh: "请为站点 {wanted} 补全 facts",
      en: "Give the facts to the site: {wanted}",
    },
  },
  "window-empty": {
    says: { zh: "许可的起止时间不成区间", en: "The permit ends before it begins" },
    remedy: { zh: "to 应晚于 {wanted}", en: "It must be later than {wanted}" },
  },
  "time-order": {
    says: { zh: "撤回早于同意", en: "It was withdrawn before it was given" },
    remedy: { zh: "应不早于 {wanted}", en: "It must not be before {wanted}" },
  },
  "place-missing": {
    says: { zh: "许可没有地点", en: "The permit has no place" },
    remedy: { zh: "请给出 siteId 或 ring", en: "Give a siteId or a ring" },
  },
  "rule-unknown": {
    says: { zh: "没有这条规则", en: "There is no such rule" },
    remedy: {
      zh: "请用场景名或 场景/规则：{wanted}",
      en: "Name a scenario or scenario/rule: {wanted}",
    },
  },
  "life-safety": {
    says: { zh: "生命安全规则不得静默", en: "A life-safety rule is never muted" },
    remedy: { zh: "请从 mutes 中删除", en: "Remove it from mutes" },
  },
  "purpose-unknown": {
    says: { zh: "没有场景以此为目的", en: "No scenario asks consent for this purpose" },
    remedy: { zh: "请用下列之一：{wanted}", en: "Use one of {wanted}" },
  },
  "not-there": {
    says: { zh: "要删除的条目不存在", en: "What is to be removed is not in the register" },
    remedy: { zh: "请核对标识", en: "Check the id" },
  },
  "still-used": {
    says: { zh: "仍被引用，不能删除", en: "It is still referred to, so it cannot be removed" },
    remedy: { zh: "请先更改或删除：{wanted}", en: "First change or remove: {wanted}" },
  },
} as const satisfies Record<string, Entry>;

export type ProblemCode = keyof typeof problems;

/** One thing wrong with one change of a batch. */
export type Problem = {
  /** The change's place in the batch, 0 for the first. */
  index: number;
  entity: EntityKind | "unknown";
  id: string;
  /** Dotted path: "facts.river-level.alertM". */
  field: string;
  /** The value found, as text, cut. Empty: none. */
  value: string;
  code: ProblemCode;
  says: Text;
  remedy: Text;
};

const VALUE_CHARACTERS_MAX = 80;

/** A value as people may see it in a report: short, and a text as itself. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > VALUE_CHARACTERS_MAX ? `${text.slice(0, VALUE_CHARACTERS_MAX - 1)}…` : text;
}

/** Both texts of a problem, with what was wanted instead. */
export function explained(code: ProblemCode, wanted: Text | string = ""): Entry {
  const words = typeof wanted === "string" ? { zh: wanted, en: wanted } : wanted;
  const put = (text: Text): Text => ({
    zh: text.zh.replaceAll("{wanted}", () => words.zh),
    en: text.en.replaceAll("{wanted}", () => words.en),
  });
  return { says: put(problems[code].says), remedy: put(problems[code].remedy) };
}
