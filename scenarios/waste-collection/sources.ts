// Where this scenario's numbers come from, and the cases it opens.

import { type CasePolicy, minutes, type Source } from "#scenario";

const standard = (title: string, edition: string, clause: string): Source => ({
  kind: "standard",
  title,
  edition,
  clause,
  unverified: true,
});

export const boundary = standard("GB 14554 恶臭污染物排放标准", "1993", "表 1 二级新扩改建");
export const caseTable = standard("GB/T 30428.8 立案、处置和结案", "2020", "01-92, 03-04, 03-05");
export const kindOfWaste: Source = { kind: "register", title: "垃圾种类 / kind of waste" };

export const overflowCase: CasePolicy = {
  from: "yellow",
  when: "at-once",
  class: "01-92",
  filing: { zh: "垃圾箱桶满溢", en: "A bin overflows" },
  closing: { zh: "已清运，周边已清扫", en: "Emptied, and the ground around is swept" },
  limit: { amount: 4, unit: "work-hour" },
  unit: "sanitation",
  verify: minutes(30),
};

export const lateCase: CasePolicy = {
  ...overflowCase,
  filing: { zh: "垃圾未按时清运", en: "The waste was not collected in time" },
};

export const fireCase: CasePolicy = {
  ...overflowCase,
  from: "red",
  class: "05-95",
  filing: { zh: "垃圾箱桶起火", en: "A bin is on fire" },
  closing: { zh: "火已扑灭，无复燃", en: "The fire is out and does not come back" },
  limit: { amount: 2, unit: "urgent-hour" },
};

export const tippedCase: CasePolicy = {
  ...overflowCase,
  when: { unacknowledgedFor: minutes(5) },
  class: "03-05",
  filing: { zh: "垃圾箱桶倾倒", en: "A bin has been tipped over" },
  closing: { zh: "已扶正归位，散落垃圾已清扫", en: "It stands in its place, the litter is swept" },
  limit: { amount: 1, unit: "work-day" },
};

export const stationCase: CasePolicy = {
  ...overflowCase,
  class: "03-04",
  filing: { zh: "转运站厂界异味超标", en: "The transfer station smells beyond its boundary" },
  closing: { zh: "已除臭，厂界达标", en: "Deodorised; the boundary is within bounds" },
  limit: { amount: 1, unit: "work-day" },
};
