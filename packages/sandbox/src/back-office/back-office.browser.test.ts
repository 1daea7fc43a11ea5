import type { Page } from 'playwright-core'
import { accessibilityFaults, browserTest, closeBrowser, openPage, phone, widthOf } from '../__fixtures__/browser.ts'
import { keys } from '../__fixtures__/keys.ts'
import { callBody, depositData, placeDeposit, post, startShop } from '../__fixtures__/trustly/shop.ts'
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

const open = async (options = {}, path = ''): Promise<Page> => {
  const page = await openPage(options)
  await page.goto(`${sandbox.url}/back-office${path}`)
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
  await page.getByText('does not acknowledge pending').waitFor()
  await page.getByText('HTTP 503, no content type: not accepted').waitFor()
  await page.getByRole('button', { name: 'Send again pending' }).click()
  await page.getByText('acknowledges pending', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'The money arrives' }).click()
  await page.getByText('acknowledges credit', { exact: true }).waitFor()
  await page.getByText('103.00 SEK refundable').waitFor()
  await expectGoodPage(page)
  await page.getByRole('textbox', { name: 'Amount for Charge back' }).fill('3.00')
  await page.getByRole('button', { name: 'Charge back' }).click()
  await page.getByText('3.00 SEK, the shop answered OK').waitFor()
  await page.getByText('3.00 SEK reversed').waitFor()
  await page.getByRole('link', { name: 'Payments' }).click()
  await page.getByText('3.00 SEK reversed').waitFor()
  await expectGoodPage(page)
})

browserTest('shows updates without being asked, and keeps what somebody reads or types', async () => {
  const { orderId } = await place('order-2')
  const page = await open({ colorScheme: 'dark' })
  await page.getByRole('link', { name: 'order-2' }).first().click()
  await page.getByRole('status').getByText('Live').waitFor()
  sandbox.trustly.complete(orderId, { notify: ['pending'] })
  await page.getByText('acknowledges pending', { exact: true }).waitFor()
  const amount = page.getByRole('textbox', { name: 'Amount for The money arrives' })
  await amount.fill('5.00')
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await page.getByText('acknowledges credit', { exact: true }).waitFor()
  expect(await amount.inputValue()).toBe('5.00')
  await amount.fill('')
  await amount.blur()
  await page.getByRole('button', { name: 'Charge back' }).waitFor()
  await expectGoodPage(page)
})

browserTest('fits a phone, and works without script', async () => {
  const { orderId } = await place('order-3')
  const page = await open({ ...phone, javaScriptEnabled: false })
  await page.getByText('Reload to update').waitFor()
  await page.getByRole('link', { name: 'order-3' }).first().tap()
  await page.getByRole('button', { name: 'The customer cancels' }).tap()
  await page.getByText('There are no further actions.').waitFor()
  await sandbox.trustly.idle()
  const [callback] = sandbox.trustly.books().orders.find((order) => order.orderId === orderId)?.notifications ?? []
  const scripted = await open(phone)
  for (const path of [
    '',
    `/payments/trustly/${orderId}`,
    '/callbacks',
    `/callbacks/trustly/${callback?.id}`,
    '/calls',
    '/calls/trustly/1',
    '/settings',
    '/nowhere',
  ]) {
    await scripted.goto(`${sandbox.url}/back-office${path}`)
    await scripted.getByRole('status').getByText('Live').waitFor()
    await expectGoodPage(scripted)
  }
})

browserTest('shows where the signed text was wrong, and leads there from the list of calls', async () => {
  const data = depositData(sandbox.trustly.merchant, { MessageID: 'order-4' })
  const right = callBody(sandbox, 'Deposit', data, { uuid: '258a2184-2842-b485-25ca-293525152425' })
  await post(sandbox.trustly.url, right.replace(/258a2184/g, '258A2184'))
  const page = await open({}, '/calls')
  await page.getByRole('checkbox', { name: 'Refused only' }).check()
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByRole('row', { name: 'uuid written in another way' }).getByRole('link', { name: 'Deposit' }).click()
  await page.getByText('ERROR_UNABLE_TO_VERIFY_RSA_SIGNATURE').first().waitFor()
  expect(await page.locator('del').textContent()).toBe('258A2184-2842-b485-25ca-293525152425')
  expect(await page.locator('ins').textContent()).toBe('258a2184-2842-b485-25ca-293525152425')
  await expectGoodPage(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectGoodPage(page)
  const small = await open(phone, '/calls?failed=1')
  await expectGoodPage(small)
  await small.getByRole('link', { name: 'Deposit' }).first().tap()
  await small.getByText('ERROR_UNABLE_TO_VERIFY_RSA_SIGNATURE').first().waitFor()
  await expectGoodPage(small)
})

browserTest('holds all callbacks under a banner on every page, and releases them', async () => {
  const { orderId } = await place('order-5')
  const page = await open({}, '/callbacks')
  await page.getByRole('button', { name: 'Hold all callbacks' }).click()
  await page.getByText('All callbacks are held').waitFor()
  await page.getByRole('status').getByText('Live').waitFor()
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await page.getByText(': 1 waits for the release').waitFor()
  await page.getByRole('link', { name: 'Payments' }).click()
  await page.getByText('All callbacks are held').waitFor()
  await expectGoodPage(page)
  await page.getByRole('button', { name: 'Release all' }).click()
  await page.getByText('All callbacks are held').waitFor({ state: 'detached' })
  await sandbox.trustly.idle({ withinMs: 10_000 })
})

browserTest('moves the clock from every page, to the next event too, and sets it back', async () => {
  await place('order-6')
  const page = await open()
  const menu = page.locator('#clock-menu > summary')
  await menu.click()
  await page.getByRole('button', { name: 'To the next event' }).waitFor()
  await expectGoodPage(page)
  await page.getByRole('button', { name: '1 day', exact: true }).click()
  await page.getByText('1 day ahead').waitFor()
  await page.getByRole('row', { name: 'order-6' }).getByText('cancelled').waitFor()
  await menu.click()
  await page.getByRole('button', { name: 'Reset to the real time' }).click()
  await page.getByText('real time').waitFor()
})

browserTest('finds one of ten thousand payments by a search, a filter, and the pages', async () => {
  const { payabl } = sandbox
  const order = { action: 'payment_preauthorize', notificationUrl: '', currency: 'EUR', amount: '1.00' } as const
  for (let index = 0; index < 10_000; index += 1) payabl.otherShop.order({ ...order, orderid: `many-${index}` })
  const page = await open()
  await page.getByRole('searchbox', { name: 'Search' }).fill('many-4711')
  await page.keyboard.press('Enter')
  await page.getByText('1 entry').waitFor()
  await page.getByRole('link', { name: 'many-4711' }).waitFor()
  await page.getByRole('link', { name: 'Show all' }).click()
  await page.getByRole('combobox', { name: 'Rail' }).selectOption('payabl.')
  await page.getByRole('combobox', { name: 'State' }).selectOption('pending')
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByText('Page 1 of 200, 10,000 entries').first().waitFor()
  await page.getByRole('link', { name: 'Older' }).first().click()
  await page.getByRole('link', { name: 'many-9949' }).waitFor()
  await page.getByRole('link', { name: 'Last' }).last().click()
  await page.getByRole('link', { name: 'many-0', exact: true }).waitFor()
  expect(page.url()).toContain('rail=payabl&state=pending&page=200')
  await expectGoodPage(page)
})
