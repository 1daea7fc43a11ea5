import type { Page } from 'playwright-core'
import { accessibilityFaults, browserTest, closeBrowser, openPage, phone, widthOf } from '../__fixtures__/browser.ts'
import { keys } from '../__fixtures__/keys.ts'
import { placeDeposit, startShop } from '../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../index.ts'

let sandbox: Sandbox
let shop: Awaited<ReturnType<typeof startShop>>

beforeAll(async () => {
  sandbox = await startSandbox({ trustly: { keys, redeliverAfterMs: [] } })
  shop = await startShop(sandbox.trustly.merchant.privateKey)
})

afterAll(async () => {
  await closeBrowser()
  await sandbox.close()
  await shop.close()
})

const open = async (options = {}): Promise<Page> => {
  const page = await openPage(options)
  await page.goto(`${sandbox.url}/back-office`)
  return page
}

const place = (reference: string) => placeDeposit(sandbox, { NotificationURL: shop.url, MessageID: reference })

const expectGoodPage = async (page: Page): Promise<void> => {
  expect(await accessibilityFaults(page)).toEqual([])
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(widthOf(page))
}

browserTest('takes an order from its beginning to the charge back, by itself up to date', async () => {
  const page = await open()
  await page.getByRole('status').getByText('Live').waitFor()
  await place('order-1')
  await page.getByRole('link', { name: 'order-1' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Payment order-1' }).waitFor()
  shop.answers.push((_, response) => response.writeHead(503).end('closed'))
  await page.getByRole('button', { name: 'The customer pays: pending' }).click()
  await page.getByText('The shop did not acknowledge pending').waitFor()
  await page.getByText('HTTP status 503').waitFor()
  await page.getByRole('button', { name: 'Send again pending' }).click()
  await page.getByText('The shop acknowledged pending').waitFor()
  await page.getByRole('button', { name: 'The money arrives' }).click()
  await page.getByText('The shop acknowledged credit').waitFor()
  await expectGoodPage(page)
  await page.getByRole('textbox', { name: 'Amount for Charge back' }).fill('3.00')
  await page.getByRole('button', { name: 'Charge back' }).click()
  await page.getByText('3.00 SEK, the shop answered OK').waitFor()
  await page.getByRole('link', { name: 'All payments' }).click()
  await page.getByText('100.00 SEK').waitFor()
  await expectGoodPage(page)
})

browserTest('shows updates without being asked, and keeps what somebody reads or types', async () => {
  const { orderId } = await place('order-2')
  const page = await open({ colorScheme: 'dark' })
  await page.getByRole('link', { name: 'order-2' }).first().click()
  sandbox.trustly.complete(orderId, { notify: ['pending'] })
  await page.getByText('The shop acknowledged pending').waitFor()
  await page.getByText('Full text').first().click()
  const amount = page.getByRole('textbox', { name: 'Amount for The money arrives' })
  await amount.fill('5.00')
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await page.getByText('The shop acknowledged credit').waitFor()
  expect(await page.getByText('"method":"pending"').first().isVisible()).toBe(true)
  expect(await amount.inputValue()).toBe('5.00')
  await expectGoodPage(page)
})

browserTest('fits a phone, and works without script', async () => {
  await place('order-3')
  const page = await open({ ...phone, javaScriptEnabled: false })
  await page.getByText('Reload the page to update it').waitFor()
  await page.getByRole('link', { name: 'order-3' }).first().tap()
  await page.getByRole('button', { name: 'The customer cancels' }).tap()
  await page.getByText('There are no further actions.').waitFor()
  const scripted = await open(phone)
  await expectGoodPage(scripted)
  await scripted.getByRole('link', { name: 'order-3' }).first().tap()
  await scripted.getByText('There are no further actions.').waitFor()
  await expectGoodPage(scripted)
})
