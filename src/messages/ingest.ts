// What the door has to report: to the log of the process, for whoever runs it.

import type { Text } from "../core/text.ts";

export const ingestMessages = {
  "ingest.takeover": {
    zh: "凭据 {id} 已从 {address} 重新登录，先前的连接已断开；若频繁出现，可能有两台设备使用同一凭据",
    en: "Credential {id} logged in again from {address} and its earlier connection was closed; if this repeats, two sensors may be using one credential",
  },
  "ingest.connections-full": {
    zh: "已拒绝来自 {address} 的连接：连接总数已达上限 {most}",
    en: "Refused a connection from {address}: all {most} connections allowed are in use",
  },
  "ingest.address-full": {
    zh: "已拒绝来自 {address} 的连接：该地址的连接数已达上限 {most}；如为网关或 NAT 出口，请调高 connectionsPerAddress",
    en: "Refused a connection from {address}: it has {most}, as many as one address may; raise connectionsPerAddress if a NAT stands there",
  },
  "ingest.listener-failed": {
    zh: "监听 {address} 出错：{reason}；请检查端口占用与文件描述符上限",
    en: "Listening at {address} failed: {reason}; check that the port is free and the limit of open files",
  },
  "ingest.append-failed": {
    zh: "日志写入失败：{reason}。读数未确认，设备会重发；请检查数据目录所在磁盘的空间与状态",
    en: "The log cannot be written: {reason}. Nothing is acknowledged and senders will send again; check space and health of the data folder's disk",
  },
  "ingest.log-full": {
    zh: "日志已达 {bytes} 字节的上限，读取方落后；在其跟上之前不再确认读数",
    en: "The log has reached its bound with {bytes} bytes because its readers are behind; nothing is acknowledged until they catch up",
  },
  "ingest.log-well": {
    zh: "日志恢复写入",
    en: "The log is written again",
  },
} as const satisfies Record<string, Text>;
