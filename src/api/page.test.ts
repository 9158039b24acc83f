// The page in a real Chromium.

import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { minutes } from "../core/time.ts";
import { type Browser, openBrowser } from "../testing/browser.ts";
import { openTestFront, type TestFront } from "../testing/front.ts";
import { type OpenFront, openFront } from "./server.ts";

let browser: Browser;
let front: TestFront;
let server: OpenFront;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  front = await openTestFront({ gauges: 4 });
  server = await openFront(front, { host: "127.0.0.1", port: 0, signedInAs: "supervisor" });
});
afterEach(async () => {
  await server.close();
  await front.close();
});

const high = (n: number, levelM = 4) => front.send({ sensorId: `WL-${n}`, values: { levelM } });
const rows = (page: Page) => page.locator(".row[role=option]");
const visit = (query = "") => browser.open(`${server.address}/${query}`);

test("it loads without an error or a policy violation, says it is an exercise, and is quiet when all is", async () => {
  const { page, faults } = await visit();
  await page.getByText("没有活动告警。5 个传感器在册").waitFor();
  expect(await page.locator("#exercise").textContent()).toBe("演练 · 时钟 60 倍速");
  expect(await page.locator("#link").textContent()).toMatch(/实时/);
  expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
  expect(faults).toEqual([]);
  await page.close();
});

test("an alert comes up by itself, tells why, and is acknowledged by one key", async () => {
  const { page, faults } = await visit();
  await page.getByText("没有活动告警").waitFor();
  await high(1, 4.75);
  await rows(page).first().waitFor();
  const row = rows(page).first();
  expect(await row.textContent()).toMatch(/水位是否过高？1号水位站 · WL-1.*4\.75.m.*14:00:00.*新/);
  expect(await row.getByRole("img").getAttribute("aria-label")).toBe("二级 橙");
  const why = page.locator("#why");
  await why.getByText("close the underpass").waitFor();
  expect(await why.textContent()).toMatch(/依据的读数.*水位 4\.75.m.*阈值.*≥ 4\.5.*SL 758 2018/);
  await page.keyboard.press("a");
  await page.locator(".row .state", { hasText: "已确认" }).waitFor();
  const [alert] = (await front.records.alerts({ limit: 1 })).items;
  expect(alert?.acked?.by).toBe("demo-supervisor");
  expect(await page.locator("#alerts-title").textContent()).toContain("未确认 0");
  expect(faults).toEqual([]);
  await page.close();
});

test("the keys move through the list, the worst unacknowledged first, and shelving asks why", async () => {
  for (const [n, levelM] of [
    [1, 4],
    [2, 6],
    [3, 5],
  ] as const)
    await high(n, levelM);
  const { page } = await visit();
  await rows(page).nth(2).waitFor();
  const places = await page.locator(".row .place").allTextContents();
  expect(places.map((place) => place.split(" · ")[1])).toEqual(["WL-2", "WL-3", "WL-1"]);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  expect(await rows(page).nth(2).getAttribute("aria-selected")).toBe("true");
  await page.keyboard.press("k");
  await page.getByRole("heading", { name: "水位是否过高？" }).first().waitFor();
  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog", { name: "暂缓" });
  await dialog.getByLabel("原因").fill("施工");
  await dialog.getByRole("button", { name: "提交" }).click();
  await page.locator(".row .state", { hasText: "暂缓" }).waitFor();
  const { items } = await front.records.alerts({ state: "shelved", limit: 5 });
  expect(items.map(({ sensorId, shelved }) => [sensorId, shelved?.reason])).toEqual([
    ["WL-3", "施工"],
  ]);
  await page.close();
});

test("a case is dispatched, accepted and handled from its card", async () => {
  await high(1, 5);
  const { page } = await visit("?lang=en");
  const card = page.locator(".case").first();
  await card.getByRole("button", { name: "Dispatch" }).click();
  const dialog = page.getByRole("dialog", { name: "Dispatch" });
  await dialog.getByLabel("Unit").selectOption({ label: "Water office" });
  await dialog.getByRole("button", { name: "Send" }).click();
  await card.getByText("dispatched", { exact: true }).waitFor();
  await card.getByRole("button", { name: "Accept" }).click();
  await card.getByRole("button", { name: "Handled" }).click();
  await page.getByRole("dialog").getByLabel("Note").fill("pumped out");
  await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
  await card.getByText("to check", { exact: true }).waitFor();
  expect((await front.records.cases({ limit: 1 })).items[0]).toMatchObject({
    state: "handled",
    unitId: "U-1",
  });
  await page.close();
});

test("the plot follows the alert's sensor, grows with its readings, and can be read as a table", async () => {
  for (const levelM of [3, 3.2, 3.4]) {
    await high(1, levelM);
    await front.pass(minutes(5));
  }
  await high(1, 4);
  const { page, faults } = await visit("?lang=en");
  const plot = page.locator("#plot");
  await plot.locator("canvas").waitFor();
  const words = () => plot.getByRole("img").getAttribute("aria-label");
  expect(await words()).toContain("Level of WL-1 in the last 3 hours: lowest 3, highest 4");
  expect(await words()).toContain("Threshold Level 1, red at 5.5");
  await plot.getByRole("button", { name: "Table" }).click();
  await plot.getByRole("cell", { name: "4 m", exact: true }).waitFor();
  await high(1, 4.5);
  await plot.getByRole("cell", { name: "4.5 m" }).waitFor();
  expect(await plot.getByRole("row").nth(1).textContent()).toMatch(/^14:15:/); // the street's time, not New York's
  expect(faults).toEqual([]);
  await page.close();
});

test("names and notes that try to be markup stay text", async () => {
  const evil = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
  const site = (await front.records.entity("site", "ST-1"))!;
  await front.change({ put: "site", value: { ...site, name: { zh: evil, en: evil } } });
  await high(1, 5);
  const [alert] = (await front.records.alerts({ limit: 1 })).items;
  const act = { kind: "alert.comment" as const, alertId: alert!.id, note: evil };
  await front.submit({ key: "evil", by: evil, act });
  const { page, faults } = await visit();
  await page.locator("#why .log").getByText(evil).first().waitFor();
  expect(await page.locator(".row .place").textContent()).toContain(evil);
  expect(await page.locator(".case .place").textContent()).toContain(evil);
  expect(await page.evaluate(() => (globalThis as { pwned?: number }).pwned)).toBeUndefined();
  expect(await page.locator("main img, main script").count()).toBe(0);
  expect(faults).toEqual([]);
  await page.close();
});

test("when the server is gone it says so, greys out and lets nothing be done; when it is back, so is the page", async () => {
  await high(1);
  const { page } = await visit("?lang=en");
  await page.getByRole("button", { name: "Acknowledge" }).waitFor();
  const port = Number(new URL(server.address).port);
  await server.close();
  await page.getByRole("alert").getByText("No word from the server").waitFor();
  expect(await page.locator("#link").textContent()).toMatch(/^No word for/);
  const look = await page.evaluate("getComputedStyle(document.querySelector('main')).filter");
  expect(look).toBe("grayscale(1)");
  expect(await page.getByRole("button", { name: "Acknowledge" }).isDisabled()).toBe(true);
  expect(await rows(page).count()).toBe(1);
  await high(2);
  server = await openFront(front, { host: "127.0.0.1", port, signedInAs: "supervisor" });
  await rows(page).nth(1).waitFor();
  await page.locator("#late").waitFor({ state: "hidden" });
  expect(await page.getByRole("button", { name: "Acknowledge" }).isEnabled()).toBe(true);
  await page.close();
});

test("it asks for a token where nobody is signed in, and a role that may not act sees why", async () => {
  await high(1);
  const plain = await openFront(front, { host: "127.0.0.1", port: 0 });
  const { page } = await browser.open(`${plain.address}/?lang=en`);
  await page.getByLabel("Access token").fill("cb_wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").getByText("Invalid token").waitFor();
  await page.getByLabel("Access token").fill(await front.token("viewer"));
  await page.getByRole("button", { name: "Sign in" }).click();
  const acknowledge = page.getByRole("button", { name: "Acknowledge" });
  await acknowledge.waitFor();
  expect(await acknowledge.isDisabled()).toBe(true);
  expect(await acknowledge.getAttribute("title")).toBe("Your role may not do this");
  await page.close();
  await plain.close();
});

test("the page to browse the API works without the internet and within its policy", async () => {
  const { page, faults } = await browser.open(`${server.address}/api/docs/`);
  await page.getByText("/api/v1/alerts/{id}/acknowledge").waitFor();
  expect(faults).toEqual([]);
  await page.close();
});

test("a page too many says so instead of standing there as if nothing happened", async () => {
  const pages = [];
  for (let i = 0; i < 5; i++) pages.push((await visit("?lang=en")).page);
  for (const page of pages) await page.getByText("No open alerts").waitFor();
  const { page } = await visit("?lang=en");
  await page.getByRole("alert").getByText("Too many pages are open").waitFor();
  for (const one of [page, ...pages]) await one.close();
});

describe.each([
  ["dark", "zh"],
  ["dark", "en"],
  ["light", "zh"],
  ["light", "en"],
])("in %s and %s", (theme, lang) => {
  test("axe finds nothing wrong, with alerts, a dialog, a table and without anything", async () => {
    const violations = async (page: Page) => {
      const found = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
        const { violations } = await axe.run();
        return violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`,
        );
      });
      return found;
    };
    const { page } = await visit(`?theme=${theme}&lang=${lang}`);
    await page.evaluate(axe.source);
    await page.locator(".empty").first().waitFor();
    expect(await violations(page)).toEqual([]);
    for (const [n, levelM] of [
      [1, 4],
      [2, 5],
      [3, 6],
    ] as const)
      await high(n, levelM);
    await page.locator("#plot canvas").waitFor();
    await page.locator("#why .log").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.locator("#plot button").click();
    await page.keyboard.press("Escape");
    await page.locator("#why button").nth(1).click();
    await page.getByRole("dialog").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  });
});
