import { defineScenario, type Incident, minutes } from "#scenario";
import { rules } from "./rules.ts";
import { labels, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

const staged = (raises: string, within: number, zh: string, en: string): Incident => ({
  raises,
  within: minutes(within),
  tells: { zh, en },
});

/** Tells trade that is in the way from stalls that are permitted, and serves before it punishes. */
export default defineScenario({
  id: "street-vending",
  version: 1,
  name: { zh: "占道经营与店外经营", en: "Street vending, trading outside shops" },
  story: {
    zh: "摄像头识别占道与店外经营，对照许可摊位（西瓜地图）：许可内不扰，越界提醒，违规立案。",
    en: "Cameras see trade; permitted stalls are left in peace, the rest is filed.",
  },
  every: minutes(5),
  silentAfter: minutes(30),
  siteKind: "street-section",
  reading,
  labels,
  site,
  sampleSite: {
    stalls: [
      {
        stallId: "breakfast-1",
        polygon: [
          [121.4502, 31.3101],
          [121.45026, 31.3101],
          [121.45026, 31.31013],
          [121.4502, 31.31013],
        ],
        validFrom: "2026-01-01",
        validTo: "2099-12-31",
        daily: [{ from: "06:00", to: "09:30" }],
        goods: "早点",
        permitNo: "LF-2026-014",
        maxFrontageM: 6,
      },
      {
        stallId: "melon-1",
        polygon: [
          [121.45035, 31.3101],
          [121.45043, 31.3101],
          [121.45043, 31.31013],
          [121.45035, 31.31013],
        ],
        validFrom: "2026-06-01",
        validTo: "2026-09-15",
        daily: [{ from: "08:00", to: "21:00" }],
        goods: "西瓜",
        permitNo: "LF-2026-031",
        maxFrontageM: 8,
      },
    ],
  },
  params,
  rules,
  incidents: {
    hawker: staged("hawker", 20, "流动摊贩占道经营", "A hawker sets up on the pavement"),
    shop: staged("shopFront", 20, "商铺把货摆到门外", "A shop puts its goods out of doors"),
    roadTrade: staged("roadTrading", 20, "马路上摆摊", "Stalls are set up on the road"),
    breach: staged("breach", 20, "许可摊位越界摆放", "A permitted stall spreads beyond its ground"),
    obstruction: staged("obstruction", 15, "摊位堵住安全出口", "A stall covers an emergency exit"),
    again: staged("hotSpot", 240, "摊贩劝离后一再返回", "A hawker comes back again and again"),
    outage: staged("silent", 40, "摄像头失联", "The camera goes quiet"),
  },
  simulate,
});
