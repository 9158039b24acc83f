// The troubles that can be staged at a lift, the rule that must notice each, and by when.

import { type Incident, minutes } from "#scenario";

const staged = (raises: string, within: number, zh: string, en: string): Incident => ({
  raises,
  within: minutes(within),
  tells: { zh, en },
});

export const incidents: Record<string, Incident> = {
  trapped: staged(
    "trapped",
    6,
    "轿厢停在层间，有人被困",
    "The car stops between landings with people inside",
  ),
  trappedAtLevel: staged(
    "trappedAtLevel",
    8,
    "轿厢平层但打不开门",
    "The car is at a landing and its doors stay shut",
  ),
  alarm: {
    ...staged(
      "alarmButton",
      5,
      "轿厢内有人按下报警按钮",
      "Somebody in the car presses the alarm button",
    ),
    level: "red",
  },
  creep: staged("unintendedMovement", 3, "轿厢意外移动", "The car moves by itself"),
  openDoorRun: staged("unintendedMovement", 3, "轿厢开着门运行", "The car runs with its door open"),
  overspeed: staged("overspeed", 3, "轿厢超速下行", "The car runs down too fast"),
  chainOpen: staged(
    "safetyChain",
    4,
    "安全回路断开停梯",
    "The safety chain opens and the lift stops",
  ),
  positionLost: staged(
    "cannotRestart",
    4,
    "楼层位置丢失，无法再运行",
    "The lift loses its position and stays",
  ),
  doorTrouble: staged("doorTrouble", 15, "关门反复失败", "The doors fail to shut, again and again"),
  roughRide: staged("rideQuality", 60, "运行抖动明显", "The ride is rough, trip after trip"),
  hotRoom: staged("machineRoom", 15, "机房空调停机", "The machine room's cooling fails"),
  fireReturn: staged("fireService", 3, "电梯进入消防返回", "The lift returns for fire service"),
  outage: staged("silent", 15, "监测终端失联", "The monitor goes quiet"),
};
