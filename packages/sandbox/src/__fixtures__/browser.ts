import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

// Set CHROMIUM to another Chromium than the ones in Debian's places.
const places = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = places.find((place) => place !== '' && existsSync(place))

/** A test that needs a browser: without one it is skipped, and its name says why. */
export const browserTest = (name: string, run: () => Promise<void>): void => {
  if (executablePath === undefined) test.skip(`${name} (skipped: no Chromium found; apt-get install chromium, or set CHROMIUM)`, run)
  else test(name, run, 60_000)
}

// Nothing may call home, and a root user, as in a container, has no sandbox of Chromium's own.
const args = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-sandbox']

let launched: Promise<Browser> | undefined
const contexts: Array<{ close: () => Promise<void> }> = []

/** A page in a browser of its own making; both end with the file's tests. */
export const openPage = async (options: BrowserContextOptions = {}): Promise<Page> => {
  launched ??= chromium.launch({ executablePath: executablePath ?? '', args })
  const context = await (await launched).newContext({ reducedMotion: 'reduce', ...options })
  contexts.push(context)
  return context.newPage()
}

export const closeBrowser = async (): Promise<void> => {
  await Promise.all(contexts.map((context) => context.close()))
  await (await launched)?.close()
}

export const phone: BrowserContextOptions = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true }

/** How wide a page may be. A phone's innerWidth is of no use: it grows with a page that is too wide. */
export const widthOf = (page: Page): number => page.viewportSize()?.width ?? 0

/** What axe finds against WCAG 2.2 A and AA and the best practices beside it, as `rule: where`. */
export const accessibilityFaults = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source)
  const found = await page.evaluate<Array<{ id: string; nodes: Array<{ target: string[] }> }>>('axe.run().then(({ violations }) => violations)')
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
