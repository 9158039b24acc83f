// Where this scenario's numbers come from and the cases it opens.

import { type CasePolicy, minutes, type Source } from "#scenario";

export const highRiseRule: Source = {
  kind: "standard",
  title: "高层民用建筑消防安全管理规定（应急管理部令第5号）",
  edition: "2021",
  clause: "37, 47",
  unverified: true,
};
export const shanghaiRule: Source = {
  kind: "standard",
  title: "上海市非机动车安全管理条例",
  edition: "2021",
  unverified: true,
};

export const bikeCase: CasePolicy = {
  from: "yellow",
  when: "at-once",
  class: "99-90",
  filing: { zh: "电动自行车进楼入户", en: "An e-bike was taken into the building" },
  closing: {
    zh: "车辆、电池已移出，已劝导当事人",
    en: "Bike and battery are out; its owner knows",
  },
  limit: { amount: 4, unit: "work-hour" },
  unit: "property-management",
  verify: minutes(10),
};
export const chargingCase: CasePolicy = {
  ...bikeCase,
  filing: { zh: "充电端口过热或超功率", en: "A charging port is too hot, or gives too much" },
  closing: { zh: "已断电，车辆、端口检查正常", en: "Power cut; bike and port were checked" },
  limit: { amount: 2, unit: "urgent-hour" },
};
