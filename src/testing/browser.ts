// A real Chromium for tests of pages. What goes wrong in a page is kept: errors, refused resources, policy violations.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";

const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export type OpenPage = { page: Page; faults: readonly string[] };

export type Browser = {
  /** A page in a browser that stands in New York, so that a time in the browser's own zone is seen. */
  open(url: string): Promise<OpenPage>;
  close(): Promise<void>;
};

/** Starts Debian's Chromium with a profile of its own. Throws where it is not installed. */
export async function openBrowser(): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), "brain-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: "/usr/bin/chromium",
    headless: true,
    args,
    viewport: { width: 1366, height: 768 },
    timezoneId: "America/New_York",
    locale: "zh-CN",
    colorScheme: "dark",
  });
  return {
    open: (url) => openPage(context, url),
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

async function openPage(context: BrowserContext, url: string): Promise<OpenPage> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  page.on("response", (answer) => {
    if (answer.status() >= 400) faults.push(`${answer.status()} ${answer.url()}`);
  });
  await page.exposeFunction("tellViolation", (what: string) => faults.push(`policy: ${what}`));
  await page.addInitScript({
    content: `document.addEventListener("securitypolicyviolation", (event) =>
      tellViolation(event.violatedDirective + " " + event.blockedURI));`,
  });
  await page.goto(url);
  return { page, faults };
}
