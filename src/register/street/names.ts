// Names for the street. They are common words put together by chance; no real place or person is
// meant.

import type { Text } from "../../core/text.ts";

/** Word and how it is read. */
const words = [
  ["锦绣", "Jinxiu"],
  ["晴岚", "Qinglan"],
  ["翠屏", "Cuiping"],
  ["和苑", "Heyuan"],
  ["新荷", "Xinhe"],
  ["安澜", "Anlan"],
  ["春晓", "Chunxiao"],
  ["明珠", "Mingzhu"],
  ["桂香", "Guixiang"],
  ["梧桐", "Wutong"],
  ["银杏", "Yinxing"],
  ["丁香", "Dingxiang"],
  ["兰亭", "Lanting"],
  ["望湖", "Wanghu"],
  ["听雨", "Tingyu"],
  ["朝晖", "Zhaohui"],
  ["晚枫", "Wanfeng"],
  ["桃源", "Taoyuan"],
  ["康宁", "Kangning"],
  ["福泰", "Futai"],
  ["翰林", "Hanlin"],
  ["云帆", "Yunfan"],
  ["金桥", "Jinqiao"],
  ["绿洲", "Lüzhou"],
] as const;

export const streetName: Text = { zh: "拟江街道（合成数据）", en: "Nijiang Street (synthetic)" };
export const riverName: Text = { zh: "拟江", en: "Nijiang River" };

/** Twenty, in the order of their codes. */
export const communityNames: readonly Text[] = words
  .slice(0, 20)
  .map(([zh, en]) => ({ zh: `${zh}居委`, en: `${en} Community` }));

/** What stands in a block, and how such places are called. */
const blockWords = {
  homes: [
    ["苑", "Court"],
    ["新村", "Village"],
    ["花园", "Gardens"],
    ["里", "Lanes"],
    ["公寓", "Apartments"],
    ["家园", "Homes"],
    ["名邸", "Mansions"],
    ["小区", "Estate"],
  ],
  shops: [
    ["商场", "Mall"],
    ["广场商厦", "Plaza Building"],
    ["市集", "Market"],
  ],
  offices: [
    ["园区", "Office Park"],
    ["大厦", "Tower"],
  ],
  school: [
    ["学校", "School"],
    ["中学", "Middle School"],
  ],
  park: [
    ["公园", "Park"],
    ["绿地", "Green"],
  ],
} as const satisfies Record<string, readonly (readonly [string, string])[]>;
export type BlockUse = keyof typeof blockWords;

/**
 * The n-th name for a use; different for different n as long as words and endings last, then
 * numbered.
 */
export function blockName(use: BlockUse, n: number): Text {
  const endings = blockWords[use];
  const [zh, en] = words[n % words.length]!;
  const turn = Math.floor(n / words.length);
  const [endZh, endEn] = endings[turn % endings.length]!;
  const again = Math.floor(turn / endings.length);
  return again === 0
    ? { zh: `${zh}${endZh}`, en: `${en} ${endEn}` }
    : { zh: `${zh}${endZh}${again + 1}期`, en: `${en} ${endEn}, phase ${again + 1}` };
}

export const roadName = (n: number, bearing: "east" | "north"): Text => {
  const [zh, en] = words[(n * 5 + (bearing === "east" ? 3 : 0)) % words.length]!;
  return bearing === "east"
    ? { zh: `${zh}路`, en: `${en} Road` }
    : { zh: `${zh}街`, en: `${en} Street` };
};

/** The lanes between the cells of a community, which have no names of their own. */
export const lanesName = (community: Text): Text => ({
  zh: `${community.zh}内部道路`,
  en: `${community.en}, lanes`,
});

export const within = (outer: Text, zh: string, en: string): Text => ({
  zh: `${outer.zh}${zh}`,
  en: `${outer.en}, ${en}`,
});
