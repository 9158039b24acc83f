// Problems of cases: every refusal of cases/refusal.ts that is not an alert's.

import type { ProblemEntry } from "./entry.ts";

export const caseProblems = {
  "case-not-found": {
    status: 404,
    title: { zh: "没有此案卷", en: "No such case" },
    detail: { zh: "没有案卷 {id}。", en: "There is no case {id}." },
    remedy: { zh: "请刷新列表后重试。", en: "Reload the list and try again." },
  },
  "case-final": {
    status: 409,
    title: { zh: "案卷已终结", en: "Case is over" },
    detail: {
      zh: "案卷 {number} {state}，不能再变更[（{by}，{changedAt}）]。",
      en: "The case {number} is {state} and can't be changed any more[ (last by {by}, {changedAt})].",
    },
    remedy: {
      zh: "如需补充，请添加备注；问题再次发生时会另立新案。",
      en: "Add a comment if something is to be remembered; if the trouble comes back, a new case is opened.",
    },
  },
  "case-unit-required": {
    status: 422,
    title: { zh: "缺少处置单位", en: "Unit missing" },
    detail: {
      zh: "派遣案卷 {number} 须指定处置单位（unitId）。",
      en: "To dispatch the case {number}, name the unit (unitId).",
    },
    remedy: {
      zh: "请从 /api/v1/units 中选择处置单位。",
      en: "Choose one of those listed by /api/v1/units.",
    },
  },
  "case-note-required": {
    status: 422,
    title: { zh: "缺少说明", en: "Note missing" },
    detail: {
      zh: "此操作须写明说明（note），案卷 {number} 未变更。",
      en: "This needs a note (note); the case {number} was not changed.",
    },
    remedy: { zh: "请写明所做或所见。", en: "Write down what was done or seen." },
  },
  "case-reason-required": {
    status: 422,
    title: { zh: "缺少原因", en: "Reason missing" },
    detail: {
      zh: "作废案卷 {number} 须写明原因（reason）。",
      en: "To void the case {number}, give the reason (reason).",
    },
    remedy: {
      zh: "请写明哪一项立案条件不成立。",
      en: "Write down in what the filing condition was not met.",
    },
  },
  "case-already-with-unit": {
    status: 409,
    title: { zh: "案卷已在该单位", en: "Already with this unit" },
    detail: {
      zh: "案卷 {number} 已派遣给 {unitId}。",
      en: "The case {number} is with {unitId} already.",
    },
    remedy: {
      zh: "无需再次派遣；改派请选择其他单位。",
      en: "There is nothing to do; to move it, choose another unit.",
    },
  },
  "case-not-dispatched": {
    status: 409,
    title: { zh: "案卷尚未派遣", en: "Not dispatched yet" },
    detail: {
      zh: "案卷 {number} {state}，尚无处置单位。",
      en: "The case {number} is {state}; no unit has it yet.",
    },
    remedy: { zh: "请先派遣给处置单位。", en: "Dispatch it to a unit first." },
  },
  "case-not-accepted": {
    status: 409,
    title: { zh: "案卷尚未受理", en: "Not accepted yet" },
    detail: {
      zh: "案卷 {number} {state}，处置单位尚未受理。",
      en: "The case {number} is {state}; its unit has not accepted it yet.",
    },
    remedy: { zh: "请处置单位先受理。", en: "Let the unit accept it first." },
  },
  "case-already-accepted": {
    status: 409,
    title: { zh: "案卷已受理", en: "Already accepted" },
    detail: { zh: "案卷 {number} 已经受理。", en: "The case {number} has been accepted." },
    remedy: {
      zh: "无需再次受理；完成后请登记处置结果。",
      en: "There is nothing to do; record it as handled once it is done.",
    },
  },
  "case-not-handled": {
    status: 409,
    title: { zh: "案卷尚未处置", en: "Not handled yet" },
    detail: {
      zh: "案卷 {number} {state}，尚未登记处置结果。",
      en: "The case {number} is {state}; it has not been recorded as handled.",
    },
    remedy: {
      zh: "请由处置单位先登记处置结果；不符合立案条件的请作废。",
      en: "Let the unit record it as handled first; void it if it never met the filing condition.",
    },
  },
  "case-already-handled": {
    status: 409,
    title: { zh: "案卷已处置", en: "Already handled" },
    detail: {
      zh: "案卷 {number} {state}，处置已登记。",
      en: "The case {number} is {state}: it has been recorded as handled.",
    },
    remedy: {
      zh: "请核查；未通过的核查会退回原单位返工。",
      en: "Check it; a failed check sends it back to its unit to be done again.",
    },
  },
  "case-already-checked": {
    status: 409,
    title: { zh: "案卷已核查通过", en: "Already checked" },
    detail: {
      zh: "案卷 {number} 的核查已经通过。",
      en: "The check of the case {number} has passed already.",
    },
    remedy: {
      zh: "可以结案；若发现仍有问题，请登记核查未通过。",
      en: "It can be closed; if it is found wanting after all, record a failed check.",
    },
  },
  "case-not-checked": {
    status: 409,
    title: { zh: "案卷尚未核查", en: "Not checked yet" },
    detail: {
      zh: "案卷 {number} 既未经人员核查，传感器也尚未确认恢复正常。",
      en: "Nobody has checked the case {number}, and its sensors have not confirmed it either.",
    },
    remedy: {
      zh: "请先核查，或等待传感器确认（可结案）。",
      en: "Check it first, or wait until its sensors make it ready to close.",
    },
  },
  "case-verdict-required": {
    status: 422,
    title: { zh: "缺少结论", en: "Verdict missing" },
    detail: {
      zh: "结案须给出结论（verdict），案卷 {number} 未变更。",
      en: "Closing needs a verdict (verdict); the case {number} was not changed.",
    },
    remedy: { zh: "可选：{allowed}。", en: "Choose one of: {allowed}." },
  },
  "case-sensors-not-normal": {
    status: 409,
    title: { zh: "传感器尚未确认", en: "Sensors do not agree" },
    detail: {
      zh: "案卷 {number} 的传感器自 {wordSinceAt} 起：{word}。须全部解除并持续正常 {verifyMinutes} 分钟后方可结案。",
      en: "The sensors of the case {number} say {word} since {wordSinceAt}. All must have been normal for {verifyMinutes} minutes without a break.",
    },
    remedy: {
      zh: "请等待传感器确认，或退回返工；传感器本身有误时，可写明原因并经另一人批准后结案（override）。",
      en: "Wait for the sensors, or send it back; where the sensors are wrong, close it with a reason and a second person's approval (override).",
    },
  },
  "case-override-reason-required": {
    status: 422,
    title: { zh: "缺少强制结案的原因", en: "Reason for the override missing" },
    detail: {
      zh: "不依传感器结案须写明原因（override.reason），案卷 {number} 未变更。",
      en: "To close the case {number} against its sensors, give the reason (override.reason).",
    },
    remedy: {
      zh: "请写明为何传感器的结论不可信。",
      en: "Write down why the sensors are not to be believed.",
    },
  },
  "case-override-needs-second-person": {
    status: 422,
    title: { zh: "须由另一人批准", en: "Second person needed" },
    detail: {
      zh: "不依传感器结案须由另一人批准，不能是申请人本人、系统或空缺[（收到：{approvedBy}）]。",
      en: "Closing against the sensors needs the approval of a second person: not who asks, not the brain, not nobody[ (found: {approvedBy})].",
    },
    remedy: {
      zh: "请在 override.approvedBy 中填写批准人。",
      en: "Name who approves in override.approvedBy.",
    },
  },
  "case-void-after-handling": {
    status: 409,
    title: { zh: "已处置的案卷不能作废", en: "Handled cases can't be voided" },
    detail: {
      zh: "案卷 {number} {state}，且已经处置过，只能结案。",
      en: "The case {number} is {state} and was handled before; it can only be closed.",
    },
    remedy: {
      zh: "请结案，并以结论说明（如“误报”或“无需处置”）。",
      en: "Close it, and let its verdict tell (false alarm, or no action needed).",
    },
  },
} as const satisfies Record<string, ProblemEntry>;
