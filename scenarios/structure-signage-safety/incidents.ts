// The troubles that can be staged at a facade, the rule that must notice each, and by when.

import { type Grade, hours, type Incident, minutes } from "#scenario";

const staged = (
  raises: string,
  within: number,
  zh: string,
  en: string,
  level?: Grade,
): Incident => ({ raises, within, tells: { zh, en }, ...(level && { level }) });

export const incidents: Record<string, Incident> = {
  settling: staged("leanDesign", hours(62), "建筑缓慢倾斜", "The building leans, slowly"),
  tipping: staged("leanDanger", hours(2), "建筑突然倾斜", "The building leans all at once"),
  leaning: staged("leanSpeed", hours(8), "建筑加快倾斜", "The building leans faster"),
  hairline: staged("crackGrowth", hours(10), "裂缝缓慢发展", "A crack grows slowly", "blue"),
  cracking: staged("crackGrowth", hours(8), "裂缝快速发展", "A crack grows fast", "orange"),
  looseSign: staged("signTilt", minutes(30), "招牌松动", "A sign comes loose", "yellow"),
  hangingSign: staged("signTilt", minutes(30), "招牌明显倾斜", "A sign hangs askew", "orange"),
  looseSignInStorm: staged(
    "signTilt",
    minutes(30),
    "大风中招牌松动",
    "A sign comes loose in a storm",
    "orange",
  ),
  fallingSign: staged("signFalling", minutes(30), "招牌将要坠落", "A sign is about to fall"),
  gale: staged("storm", minutes(30), "8 级以上大风", "A gale blows"),
  newSign: staged("illegalSign", hours(52), "新设未许可招牌", "A sign is put up without leave"),
  drilling: staged("vibration", minutes(30), "楼内敲墙", "Somebody breaks down a wall"),
  outage: staged("silent", hours(7), "监测终端失联", "The device goes quiet"),
};
