import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { accessibilityFaults, browserTest, closeBrowser, openPage, phone, widthOf } from '../__fixtures__/browser.ts'
import { keys } from '../__fixtures__/keys.ts'
import { placeDeposit as placePayablDeposit } from '../__fixtures__/payabl/shop.ts'
import { ask, placeDeposit as placeTrustlyDeposit } from '../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../index.ts'

// The flow that the vendors describe: banks of the customer's country, log in, choose an account, one-time code, back
// to the shop (protocol/trustly.md sections 8 and 9; protocol/payabl.md section 8).

let sandbox: Sandbox
let time: Date
let shopUrl: string
const shop = createServer((_, response) => response.end('the shop'))

beforeAll(async () => {
  time = new Date('2026-11-20T09:20:00Z')
  sandbox = await startSandbox({ now: () => time, trustly: { keys, redeliverAfterMs: [] } })
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
})

afterAll(async () => {
  await closeBrowser()
  await sandbox.close()
  await new Promise((resolve) => shop.close(resolve))
})

type Hosted = {
  readonly vendor: string
  readonly place: () => Promise<string>
  readonly stateOf: (url: string) => string | undefined
  readonly sum: string
  readonly refused: { readonly option: string; readonly state: string; readonly leadsTo: string }
  readonly left: string
}

const checkouts: readonly Hosted[] = [
  {
    vendor: 'Trustly',
    place: async () => {
      const urls = { SuccessURL: `${shopUrl}/success`, FailURL: `${shopUrl}/failure` }
      return (await placeTrustlyDeposit(sandbox, {}, urls)).url
    },
    stateOf: (url) => sandbox.trustly.books().orders.find(({ checkoutUrl }) => checkoutUrl === url)?.state,
    sum: '103.00 SEK',
    refused: { option: 'Pending, then cancelled', state: 'cancelled', leadsTo: 'success' },
    left: 'cancelled',
  },
  {
    vendor: 'payabl',
    place: async () => {
      const urls = { url_success: `${shopUrl}/success`, url_failed: `${shopUrl}/failure` }
      return (await placePayablDeposit(sandbox, urls)).url
    },
    stateOf: (url) => {
      const payment = sandbox.payabl.books().payments.find(({ redirectUrl }) => redirectUrl === url)
      return payment?.transactions[0]?.state
    },
    sum: '10.00 EUR',
    refused: { option: 'Not credited at once', state: 'not_credited', leadsTo: 'failure' },
    left: 'aborted',
  },
]

const visit = async (url: string, options = {}): Promise<Page> => {
  const page = await openPage(options)
  await page.goto(url)
  return page
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

const expectGoodPage = async (page: Page): Promise<void> => {
  expect(await accessibilityFaults(page)).toEqual([])
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(widthOf(page))
}

const logIn = async (page: Page, next = 'Confirm the payment'): Promise<void> => {
  await page.getByRole('button', { name: 'Vättern Bank' }).click()
  await page.getByLabel('User ID').fill('Åsa')
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('button', { name: 'Everyday account' }).click()
  await heading(page, next)
}

const enterCode = async (page: Page): Promise<void> => {
  await page.getByLabel('One-time code').fill((await page.locator('output').textContent()) ?? '')
}

describe.each(checkouts)('the hosted checkout of $vendor', (checkout) => {
  browserTest('leads a customer with a phone to the shop, every page sound', async () => {
    const url = await checkout.place()
    const page = await visit(url, phone)
    await heading(page, 'Choose your bank')
    await expectGoodPage(page)
    await page.getByRole('button', { name: 'Skärgårdsbanken' }).tap()
    await heading(page, 'Log in to your bank')
    await expectGoodPage(page)
    await page.getByLabel('User ID').fill('Åsa')
    await page.getByRole('button', { name: 'Log in' }).tap()
    await heading(page, 'Choose an account')
    await expectGoodPage(page)
    await page.getByRole('button', { name: 'Household account' }).tap()
    await heading(page, 'Confirm the payment')
    await page.getByText('Order options').tap()
    await expectGoodPage(page)
    await enterCode(page)
    await page.getByRole('button', { name: `Pay ${checkout.sum}` }).tap()
    await page.waitForURL(`${shopUrl}/success`)
    expect(checkout.stateOf(url)).toBe('credited')
    await page.goto(url)
    await heading(page, 'Payment complete')
    await expectGoodPage(page)
  })

  browserTest('can be walked by keyboard alone, the focus always in sight', async () => {
    const url = await checkout.place()
    const page = await visit(url, { colorScheme: 'dark' })
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    }
    await press('Tab')
    await page.keyboard.press('Enter')
    await heading(page, 'Log in to your bank')
    await page.keyboard.type('Åsa')
    await page.keyboard.press('Enter')
    await heading(page, 'Choose an account')
    await press('Tab', 'Tab')
    await page.keyboard.press('Enter')
    await heading(page, 'Confirm the payment')
    await page.keyboard.type((await page.locator('output').textContent()) ?? '')
    await press('Tab')
    await press('Enter')
    await press('Tab')
    expect(await page.getByRole('radio').first().isChecked()).toBe(true)
    const option = page.getByRole('radio', { name: checkout.refused.option })
    while (!(await option.isChecked())) await press('ArrowDown')
    await expectGoodPage(page)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${shopUrl}/${checkout.refused.leadsTo}`)
    expect(checkout.stateOf(url)).toBe(checkout.refused.state)
  })

  browserTest('says what is wrong with a code, in words and at the field, and takes the right one', async () => {
    const page = await visit(await checkout.place())
    await logIn(page)
    await page.getByLabel('One-time code').fill('1')
    await page.getByRole('button', { name: 'Pay' }).click()
    await page.getByRole('alert').getByText('That is not the code shown below.').waitFor()
    expect(await page.evaluate('document.activeElement.id + document.activeElement.ariaInvalid')).toBe('codetrue')
    expect(await page.title()).toContain('Problem: Confirm the payment')
    await expectGoodPage(page)
    await enterCode(page)
    await page.getByRole('button', { name: 'Pay' }).click()
    await page.waitForURL(`${shopUrl}/success`)
  })

  browserTest('can be cancelled at the last step, and says so afterwards', async () => {
    const url = await checkout.place()
    const page = await visit(url, phone)
    await logIn(page)
    await page.getByRole('button', { name: 'Cancel' }).tap()
    await page.waitForURL(`${shopUrl}/failure`)
    expect(checkout.stateOf(url)).toBe(checkout.left)
    await page.goBack()
    await page.reload()
    await heading(page, 'Payment cancelled')
    await expectGoodPage(page)
  })

  browserTest('expires under the hands of a customer who waited too long', async () => {
    const url = await checkout.place()
    const page = await visit(url, { colorScheme: 'dark' })
    await logIn(page)
    await enterCode(page)
    time = new Date(time.getTime() + 30 * 60_000 + 1)
    await page.getByRole('button', { name: 'Pay' }).click()
    await heading(page, 'Payment expired')
    await expectGoodPage(page)
    expect(checkout.stateOf(url)).toBe(checkout.left)
    await page.getByRole('link', { name: 'Back to the shop' }).click()
    await page.waitForURL(`${shopUrl}/failure`)
  })
})

browserTest('takes a withdrawal with an amount of the customer’s own, and says where the money goes', async () => {
  const urls = { SuccessURL: `${shopUrl}/success`, FailURL: `${shopUrl}/failure` }
  const { result } = await ask(sandbox, 'Withdraw', {}, urls)
  const page = await visit(String(result.data.url), phone)
  await page.getByText('Any amount in').waitFor()
  await logIn(page, 'Confirm the withdrawal')
  await page.getByLabel('Amount').fill('lots')
  await enterCode(page)
  await page.getByRole('button', { name: 'Withdraw' }).tap()
  await page.getByRole('alert').getByText('Enter an amount as in the example.').waitFor()
  expect(await page.evaluate('document.activeElement.id')).toBe('amount')
  await expectGoodPage(page)
  await page.getByLabel('Amount').fill('5.00')
  await page.getByRole('button', { name: 'Withdraw' }).tap()
  await page.waitForURL(`${shopUrl}/success`)
  expect(sandbox.trustly.books().orders.at(-1)).toMatchObject({ kind: 'withdrawal', paid: '5.00' })
})

browserTest('turns away a customer who is under age, where the shop asked who it is', async () => {
  const urls = { SuccessURL: `${shopUrl}/success`, FailURL: `${shopUrl}/failure`, RequestKYC: '1' }
  const { url } = await placeTrustlyDeposit(sandbox, {}, urls)
  const page = await visit(url)
  await logIn(page)
  await page.getByText('Order options').click()
  await page.getByRole('radio', { name: 'The customer is under age' }).check()
  await enterCode(page)
  await page.getByRole('button', { name: 'Pay' }).click()
  await page.waitForURL(`${shopUrl}/failure`)
  expect(sandbox.trustly.books().orders.at(-1)).toMatchObject({ state: 'cancelled', paid: null })
})
