// Where this scenario's numbers come from, the cases it opens, and when it keeps still.

import type { CasePolicy, Source } from "#scenario";
import { minutes } from "#scenario";
import { INSPECTION, type Reading } from "./schema.ts";

const standard = (title: string, edition: string, clause?: string): Source => ({
  kind: "standard",
  title,
  edition,
  unverified: true,
  ...(clause === undefined ? {} : { clause }),
});

export const codes = standard("GB/T 24476 电梯物联网", "2017", "9-11");
export const governor = standard("GB/T 7588.1 电梯制造与安装安全规范", "2020", "5.6.2.2");
export const comfort = standard("GB/T 10058 电梯技术条件", "2009", "3.3.5");
export const room = standard("GB/T 10058 电梯技术条件", "2009", "3.2");
export const rescue = standard("TSG T5002 电梯维护保养规则", "2017");

/**
 * In inspection an engineer is at work: only the alarm button and unintended movement stay armed.
 */
export const isInspected = ({ serviceMode }: Reading): boolean => serviceMode === INSPECTION;

export const trappedCase: CasePolicy = {
  from: "orange",
  when: "at-once",
  class: "99-99",
  filing: { zh: "电梯困人", en: "People are trapped in a lift" },
  closing: {
    zh: "被困人员已救出，电梯经维保确认",
    en: "The people are out and the maintainer has checked the lift",
  },
  limit: { amount: 30, unit: "urgent-minute" },
  unit: "lift-maintenance",
  verify: minutes(5),
};

export const faultCase: CasePolicy = {
  from: "yellow",
  when: "at-once",
  class: "99-98",
  filing: { zh: "电梯故障", en: "A lift is faulty" },
  closing: {
    zh: "故障已排除，电梯恢复正常运行",
    en: "The fault is mended; the lift runs normally",
  },
  limit: { amount: 24, unit: "urgent-hour" },
  unit: "lift-maintenance",
  verify: minutes(30),
};
