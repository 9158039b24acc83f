import { defineScenario, type Incident, minutes } from "#scenario";
import { rules } from "./rules.ts";
import { labels, params, reading, site } from "./schema.ts";
import { simulate } from "./simulate.ts";

const staged = (raises: string, within: number, zh: string, en: string): Incident => ({
  raises,
  within: minutes(within),
  tells: { zh, en },
});

/** Has what is left on roads, in corridors and before exits cleared by whoever must. */
export default defineScenario({
  id: "piled-materials",
  version: 1,
  name: { zh: "堆物堆料与乱占道", en: "Piled materials" },
  story: {
    zh: "摄像头识别道路堆物、渣土、废弃家具、暴露垃圾和楼道堆物；许可堆放不扰，堵住出口立即处置。",
    en: "Cameras see piles, waste and garbage; permitted ones rest, a blocked exit is urgent.",
  },
  every: minutes(10),
  silentAfter: minutes(30),
  siteKind: "street-section",
  reading,
  labels,
  site,
  sampleSite: {
    permits: [
      {
        permitNo: "LF-ZD-2026-007",
        polygon: [
          [121.4508, 31.3107],
          [121.4509, 31.3107],
          [121.4509, 31.31075],
          [121.4508, 31.31075],
        ],
        validFrom: "2026-02-01",
        validTo: "2026-04-30",
      },
    ],
  },
  params,
  rules,
  incidents: {
    pile: staged("roadPile", 50, "人行道上堆放建材", "Building materials are left on the pavement"),
    waste: staged("constructionWaste", 50, "有人偷倒装修垃圾", "Somebody tips builders' waste"),
    sofa: staged("bulkyWaste", 50, "旧沙发扔在路边", "An old sofa is left by the road"),
    garbage: staged("exposedGarbage", 50, "垃圾袋散落桶外", "Garbage bags lie beside the bins"),
    corridor: staged("corridorPile", 140, "楼道里堆满纸箱", "A corridor fills with cartons"),
    exit: staged("exitBlocked", 25, "防火门被杂物堵住", "A fire door is blocked"),
    outage: staged("silent", 50, "摄像头失联", "The camera goes quiet"),
  },
  simulate,
});
