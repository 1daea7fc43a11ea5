import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

// Set CHROMIUM to another Chromium than the ones in Debian's places.
const places = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = places.find((place) => place !== '' && existsSync(place))

/** A test that needs a browser: without one it is skipped, and its name says why. */
export const browserTest = (name: string, run: () => Promise<void>): void => {
  if (executablePath === undefined) test.skip(`${name} (skipped: no Chromium found; apt-get install chromium, or set CHROMIUM)`, run)
  else test(name, () => run().finally(closePages), 60_000)
}

// Nothing may call home, and a root user, as in a container, has no sandbox of Chromium's own.
const args = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-sandbox']

let launched: Promise<Browser> | undefined
let contexts: Array<{ close: () => Promise<void> }> = []

const closePages = async (): Promise<void> => {
  const open = contexts
  contexts = []
  await Promise.all(open.map((context) => context.close()))
}

/** A page that ends with its test, in a browser that ends with the file's tests. */
export const openPage = async (options: BrowserContextOptions = {}): Promise<Page> => {
  launched ??= chromium.launch({ executablePath: executablePath ?? '', args })
  const context = await (await launched).newContext({ reducedMotion: 'reduce', ...options })
  contexts.push(context)
  return context.newPage()
}

export const closeBrowser = async (): Promise<void> => {
  await (await launched)?.close()
}

export const phone: BrowserContextOptions = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true }

/** How wide a page may be. A phone's innerWidth is of no use: it grows with a page that is too wide. */
export const widthOf = (page: Page): number => page.viewportSize()?.width ?? 0

// Loading axe takes several times as long as its run, and the minified text half as long as the other.
const require = createRequire(import.meta.url)
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/** The markup of a page without its words and numbers, in its colours and its width. */
const structure = `(() => {
  const worded = new Set(['action', 'alt', 'aria-label', 'content', 'href', 'lang', 'placeholder', 'title', 'value'])
  const outline = (node) => {
    if (node.nodeType === 3) return node.data.trim() === '' ? '' : 'text'
    if (node.nodeType !== 1) return ''
    if (node.localName === 'script' || node.localName === 'style') return node.textContent
    const attributes = [...node.attributes].map(({ name, value }) =>
      name + '=' + (worded.has(name) && value !== '' ? 'text' : value.replace(/\\d+/g, '0')))
    return '<' + [node.localName, ...attributes].join(' ') + '>' + [...node.childNodes].map(outline).join('') + '</>'
  }
  return [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches, outline(document.documentElement)].join(' ')
})()`

const judged = new Map<string, Promise<string[]>>()

/** What axe finds against WCAG 2.2 A and AA and the best practices beside it, as `rule: where`. A page that differs only in
 *  its words from an earlier one has the same faults. */
export const accessibilityFaults = async (page: Page): Promise<string[]> => {
  const key = await page.evaluate<string>(structure)
  const known = judged.get(key) ?? runAxe(page)
  judged.set(key, known)
  return known
}

const runAxe = async (page: Page): Promise<string[]> => {
  if (await page.evaluate('typeof axe === "undefined"')) await page.evaluate(axe)
  const found = await page.evaluate<Array<{ id: string; nodes: Array<{ target: string[] }> }>>(
    "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)",
  )
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
