// What kinds of site there are, where each stands, and what it is called: the street fills any
// kind that a scenario names, also one that nobody foresaw.

import type { Text } from "../../core/text.ts";

/**
 * Where sites of a kind stand: in a flat's or a lift's place, in a room of any house, on the open
 * ground of a compound, at the kerb of a road, on a square, at the river, or where a road dips
 * under its bank.
 */
export type Stand = "lift" | "flat" | "room" | "yard" | "kerb" | "plaza" | "bank" | "underpass";

export type Kind = {
  stand: Stand;
  /** Said after a number in Chinese ("3号路灯"), before it in English ("lamp 3"). */
  name?: Text;
  /** How many sensors share a site as long as there is room for more sites; 1 when missing. */
  sensors?: number;
};

const kind = (stand: Stand, zh: string, en: string, sensors = 1): Kind => ({
  stand,
  name: { zh, en },
  sensors,
});

const lamp = kind("kerb", "号路灯", "lamp");
const manhole = kind("kerb", "号井盖", "manhole");
const switchboard = kind("room", "号配电箱", "switchboard");
const stretch = kind("kerb", "号路段", "stretch");
const shed = kind("yard", "号充电车棚", "charging shed", 4);
const bins = kind("yard", "号垃圾投放点", "bin point", 3);
const toilet = kind("kerb", "号公厕", "toilet", 2);
const sign = kind("kerb", "号店招", "sign");
const air = kind("kerb", "号空气监测点", "air point");
const hotspot = kind("kerb", "号共享单车点", "bike hot spot", 2);
const stalls = kind("kerb", "号经营点位", "trading spot");

const known: Readonly<Record<string, Kind>> = {
  lift: kind("lift", "号梯", "lift"),
  flat: kind("flat", "室", "flat"),
  "bike-zone": kind("kerb", "号非机动车停放点", "bike zone", 2),
  station: kind("bank", "号水位站", "gauge station"),
  square: { ...kind("plaza", "广场", "square"), sensors: 4 },
  underpass: kind("underpass", "下立交", "underpass", 3),
  lamp,
  "lamp-post": lamp,
  "street-lamp": lamp,
  "lamp-circuit": kind("kerb", "号路灯回路", "lamp circuit", 12),
  manhole,
  "manhole-cover": manhole,
  switchboard,
  "distribution-box": switchboard,
  "distribution-board": switchboard,
  circuit: kind("room", "号回路", "circuit"),
  kitchen: kind("room", "号厨房", "kitchen"),
  restaurant: kind("room", "号餐厅", "restaurant"),
  shop: kind("room", "号店铺", "shop"),
  room: kind("room", "号房间", "room"),
  corridor: kind("room", "层楼道", "corridor"),
  "pump-room": kind("room", "号泵房", "pump room"),
  "water-tank": kind("room", "号水箱", "water tank"),
  facade: kind("room", "号外墙", "facade", 3),
  "building-face": kind("room", "号立面", "building face", 3),
  "fire-lane": kind("yard", "号消防通道", "fire lane", 3),
  "septic-tank": kind("yard", "号化粪池", "septic tank"),
  hydrant: kind("yard", "号消火栓", "hydrant"),
  "charging-shed": shed,
  "charging-point": shed,
  "bike-shed": shed,
  "bin-point": bins,
  "waste-point": bins,
  "waste-station": bins,
  bin: kind("yard", "号垃圾桶", "bin"),
  road: { stand: "kerb" },
  "road-segment": stretch,
  "road-section": stretch,
  toilet,
  "public-toilet": toilet,
  sign,
  signboard: sign,
  structure: kind("kerb", "号构筑物", "structure"),
  "construction-site": kind("kerb", "号工地", "construction site", 2),
  "air-station": air,
  "air-point": air,
  "noise-point": kind("kerb", "号噪声监测点", "noise point"),
  "noise-station": kind("kerb", "号噪声监测点", "noise station"),
  hotspot,
  "bike-hotspot": hotspot,
  stall: stalls,
  "stall-zone": stalls,
  "vending-zone": stalls,
  "street-section": stretch,
};

/** Words that say where a kind nobody foresaw belongs; the first that stands in its name decides. */
const clues: readonly (readonly [RegExp, Stand])[] = [
  [/underpass|tunnel/, "underpass"],
  [/river|canal|gauge/, "bank"],
  [/square|plaza/, "plaza"],
  [/flat|home|household|dwelling|apartment/, "flat"],
  [/lift|elevator/, "lift"],
  [/road|street|kerb|pavement|lamp|manhole|stall|segment/, "kerb"],
  [/septic|shed|hydrant|lane|charg|bin|waste|gate|yard|compound/, "yard"],
  [/room|kitchen|box|board|panel|circuit|meter|corridor|floor|pump|tank|facade|face/, "room"],
];

/** What is known of a kind; one without a word of its own is judged by its name, else the kerb. */
export const kindOf = (id: string): Kind =>
  known[id] ?? { stand: clues.find(([word]) => word.test(id))?.[1] ?? "kerb" };

/** What a site of a kind is called, with its number; without a word of its own, by its id. */
export function numbered(id: string, number: number): Text {
  const name = kindOf(id).name;
  return name
    ? { zh: `${number}${name.zh}`, en: `${name.en} ${number}` }
    : { zh: `${id} ${number}`, en: `${id} ${number}` };
}
