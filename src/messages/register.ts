// What the import of files into the register says of a file as a whole. What it says of a row is in
// register/problems.ts.

import type { Text } from "../core/text.ts";

export const registerMessages = {
  "register.file-unreadable": {
    zh: "无法读取文件（{why}）；请检查路径与权限",
    en: "The file cannot be read ({why}); check its path and permissions",
  },
  "register.file-too-large": {
    zh: "文件超过 {limit} MB；请拆分",
    en: "The file is larger than {limit} MB; split it",
  },
  "register.file-empty": {
    zh: "文件中没有表头行",
    en: "The file has no header line; the first line must name the columns",
  },
  "register.kind-unknown": {
    zh: "无法从文件名得知类别；文件名请以 {known} 之一开头，或指明类别",
    en: "The file's name does not tell its kind; begin it with one of {known}, or say the kind",
  },
  "register.format-unknown": {
    zh: "不认识的文件格式；请用 .csv、.geojson 或 .json",
    en: "The format is not known; use .csv, .geojson or .json",
  },
  "register.workbook": {
    zh: "这是表格软件的工作簿；请另存为“CSV UTF-8（逗号分隔）”",
    en: "This is a spreadsheet's workbook; save it as “CSV UTF-8 (comma delimited)”",
  },
  "register.gb18030": {
    zh: "文件是 GB18030（GBK）编码；请转换：iconv -f GB18030 -t UTF-8 {file} > {converted}，或另存为“CSV UTF-8”",
    en: "The file is in GB18030 (GBK); convert it: iconv -f GB18030 -t UTF-8 {file} > {converted}, or save it as “CSV UTF-8”",
  },
  "register.utf16": {
    zh: "文件是 UTF-16 编码；请转换：iconv -f UTF-16 -t UTF-8 {file} > {converted}，或另存为“CSV UTF-8”",
    en: "The file is in UTF-16; convert it: iconv -f UTF-16 -t UTF-8 {file} > {converted}, or save it as “CSV UTF-8”",
  },
  "register.not-utf8": {
    zh: "文件不是 UTF-8 文本；请另存为“CSV UTF-8”",
    en: "The file is not UTF-8 text; save it as “CSV UTF-8”",
  },
  "register.csv-broken": {
    zh: "CSV 在此处断裂（{why}）；请检查引号是否成对",
    en: "The CSV breaks here ({why}); see that its quotes come in pairs",
  },
  "register.cells-many": {
    zh: "此行有 {found} 格，表头有 {wanted} 列；含分隔符的内容请加引号",
    en: "The row has {found} cells and the header {wanted} columns; quote what contains the separator",
  },
  "register.column-unknown": {
    zh: "没有这一列；可用的列：{known}；不想导入的列名请以 # 开头",
    en: "There is no such column; there are {known}; begin the name with # to have it left out",
  },
  "register.column-twice": {
    zh: "这一列出现两次；请删去其一",
    en: "The column is there twice; remove one of them",
  },
  "register.id-column-missing": {
    zh: "没有 id 列；每一行都要有标识",
    en: "There is no id column; every row needs its id",
  },
  "register.json-broken": {
    zh: "不是有效的 JSON（{why}）",
    en: "The file is not valid JSON ({why})",
  },
  "register.not-features": {
    zh: '不是 GeoJSON；请用 {"type": "FeatureCollection", "features": […]}',
    en: 'The file is not GeoJSON; it must be {"type": "FeatureCollection", "features": […]}',
  },
} as const satisfies Record<string, Text>;
