import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { accessibilityFaults, browserTest, closeBrowser, openPage, phone, widthOf } from '../__fixtures__/browser.ts'
import { keys } from '../__fixtures__/keys.ts'
import { placeDeposit as placePayablDeposit } from '../__fixtures__/payabl/shop.ts'
import { ask, placeDeposit as placeTrustlyDeposit } from '../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../index.ts'
import { accountsAt } from './banks.ts'

// The flow that the vendors describe: banks of the customer's country, log in, choose an account, one-time code, back
// to the shop (protocol/trustly.md sections 8 and 9; protocol/payabl.md section 8).

let sandbox: Sandbox
let time: Date
let shopUrl: string
const shop = createServer((_, response) => response.end('the shop'))

beforeAll(async () => {
  time = new Date('2026-11-20T09:20:00Z')
  sandbox = await startSandbox({
    now: () => time,
    trustly: { keys, redeliverAfterMs: [] },
    payabl: { assumptions: { landing: 'outcome' } },
  })
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
  readonly name: string
  readonly place: (language?: string) => Promise<string>
  readonly stateOf: (url: string) => string | undefined
  readonly sum: string
  readonly refused: { readonly option: string; readonly state: string; readonly leadsTo: string }
  readonly left: string
}

const checkouts: readonly Hosted[] = [
  {
    vendor: 'Trustly',
    name: 'Trustly sandbox',
    place: async (language = 'en') => {
      const urls = { Locale: language, SuccessURL: `${shopUrl}/success`, FailURL: `${shopUrl}/failure` }
      return (await placeTrustlyDeposit(sandbox, {}, urls)).url
    },
    stateOf: (url) => sandbox.trustly.books().orders.find(({ checkoutUrl }) => checkoutUrl === url)?.state,
    sum: 'SEK 103.00',
    refused: { option: 'Pending, then cancelled', state: 'cancelled', leadsTo: 'success' },
    left: 'cancelled',
  },
  {
    vendor: 'payabl',
    name: 'payabl. sandbox',
    place: async (language = 'en') => {
      const urls = { language, url_success: `${shopUrl}/success`, url_failed: `${shopUrl}/failure` }
      return (await placePayablDeposit(sandbox, urls)).url
    },
    stateOf: (url) => {
      const payment = sandbox.payabl.books().payments.find(({ redirectUrl }) => redirectUrl === url)
      return payment?.transactions[0]?.state
    },
    sum: '€10.00',
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

/** Opens a checkout at its last step. The steps before it are submitted without a browser. */
const visitLastStep = async (url: string, options = {}, title = 'Confirm the payment'): Promise<Page> => {
  const account = accountsAt('Vättern Bank')[0]?.lastDigits ?? ''
  const steps = [
    { step: 'bank', bank: 'Vättern Bank' },
    { step: 'login', login: 'Åsa' },
    { step: 'account', account },
  ]
  for (const step of steps) await fetch(url, { method: 'POST', body: new URLSearchParams(step), redirect: 'manual' })
  const page = await visit(url, options)
  await heading(page, title)
  return page
}

const enterCode = async (page: Page): Promise<void> => {
  await page.getByLabel('One-time code').fill((await page.locator('output').textContent()) ?? '')
}

interface Walk {
  readonly language: string
  readonly chooseBank: string
  readonly userId: string
  readonly wrongLogIn: string
  readonly noFunds: string
  readonly code: string
  readonly sums: Readonly<Record<string, RegExp>>
  readonly complete: string
}

const walks: readonly Walk[] = [
  {
    language: 'sv',
    chooseBank: 'Välj din bank',
    userId: 'Användar-ID',
    wrongLogIn: 'Banken känner inte till detta användar-ID.',
    noFunds: 'Det finns inte tillräckligt med pengar på kontot.',
    code: 'Engångskod',
    sums: { Trustly: /^Betala 103,00.kr$/, payabl: /^Betala 10,00.€$/ },
    complete: 'Betalningen är klar',
  },
  {
    language: 'de',
    chooseBank: 'Wählen Sie Ihre Bank',
    userId: 'Benutzerkennung',
    wrongLogIn: 'Die Bank kennt diese Benutzerkennung nicht.',
    noFunds: 'Auf diesem Konto ist nicht genug Geld.',
    code: 'Einmalcode',
    sums: { Trustly: /^Jetzt 103,00.SEK bezahlen$/, payabl: /^Jetzt 10,00.€ bezahlen$/ },
    complete: 'Zahlung abgeschlossen',
  },
  {
    language: 'pl',
    chooseBank: 'Wybierz swój bank',
    userId: 'Identyfikator użytkownika',
    wrongLogIn: 'Bank nie zna tego identyfikatora.',
    noFunds: 'Na tym koncie nie ma wystarczających środków.',
    code: 'Kod jednorazowy',
    sums: { Trustly: /^Zapłać 103,00.SEK$/, payabl: /^Zapłać 10,00.€$/ },
    complete: 'Płatność zakończona',
  },
]

describe.each(checkouts)('the hosted checkout of $vendor', (checkout) => {
  for (const walk of walks) {
    browserTest(
      `speaks ${walk.language} on a phone and by keyboard, every page sound, also when something fails`,
      async () => {
        const url = await checkout.place(walk.language)
        const page = await visit(url, phone)
        await heading(page, walk.chooseBank)
        expect(await page.evaluate('document.documentElement.lang')).toBe(walk.language)
        await page.getByText(checkout.name).waitFor()
        await expectGoodPage(page)
        await page.keyboard.press('Tab')
        await page.keyboard.press('Enter')
        await page.getByRole('button', { name: 'Fail: wrong login' }).tap()
        await page.getByRole('alert').getByText(walk.wrongLogIn).waitFor()
        await expectGoodPage(page)
        await page.getByLabel(walk.userId).fill('Åsa')
        await page.keyboard.press('Enter')
        await page.locator('[name=account]').last().waitFor()
        await expectGoodPage(page)
        await page.locator('[name=account]').last().tap()
        await page.getByRole('alert').getByText(walk.noFunds).waitFor()
        await expectGoodPage(page)
        await page.locator('[name=account]').first().tap()
        await page.getByLabel(walk.code).fill((await page.locator('output').textContent()) ?? '')
        await page.getByRole('button', { name: walk.sums[checkout.vendor] ?? '' }).waitFor()
        await page.getByText('Order options').tap()
        await expectGoodPage(page)
        await page.getByLabel(walk.code).press('Enter')
        await page.waitForURL(`${shopUrl}/success`)
        expect(checkout.stateOf(url)).toBe('credited')
        await page.goto(url)
        await heading(page, walk.complete)
        await expectGoodPage(page)
      },
    )
  }

  browserTest('has an outcome of one click for people in a hurry', async () => {
    const [paid, cancelled, failed, expired] = [
      await checkout.place(),
      await checkout.place(),
      await checkout.place(),
      await checkout.place(),
    ]
    const page = await visit(paid)
    await page.getByRole('button', { name: 'Pay at once' }).click()
    await page.waitForURL(`${shopUrl}/success`)
    await page.goto(cancelled)
    await page.getByRole('button', { name: 'Cancel at once' }).click()
    await page.waitForURL(`${shopUrl}/failure`)
    await page.goto(failed)
    await page.getByRole('button', { name: 'Fail at once' }).click()
    await page.waitForURL(`${shopUrl}/${checkout.refused.leadsTo}`)
    await page.goto(expired)
    await page.getByRole('button', { name: 'Expire at once' }).click()
    await heading(page, 'Expired')
    expect([paid, cancelled, failed, expired].map(checkout.stateOf)).toEqual([
      'credited',
      checkout.left,
      checkout.refused.state,
      checkout.left,
    ])
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
    const page = await visitLastStep(await checkout.place())
    await page.getByLabel('One-time code').fill('1')
    await page.getByRole('button', { name: /^Pay (SEK|€)/ }).click()
    await page.getByRole('alert').getByText('That is not the code shown below.').waitFor()
    expect(await page.evaluate('document.activeElement.id + document.activeElement.ariaInvalid')).toBe('codetrue')
    expect(await page.title()).toContain('Problem: Confirm the payment')
    await expectGoodPage(page)
    await enterCode(page)
    await page.getByRole('button', { name: /^Pay (SEK|€)/ }).click()
    await page.waitForURL(`${shopUrl}/success`)
  })

  browserTest('can be cancelled at the last step, and says so afterwards', async () => {
    const url = await checkout.place()
    const page = await visitLastStep(url, phone)
    await page.getByRole('button', { name: 'Cancel', exact: true }).tap()
    await page.waitForURL(`${shopUrl}/failure`)
    expect(checkout.stateOf(url)).toBe(checkout.left)
    await page.goBack()
    await page.reload()
    await heading(page, 'Cancelled')
    await expectGoodPage(page)
  })

  browserTest('expires under the hands of a customer who waited too long', async () => {
    const url = await checkout.place()
    const page = await visitLastStep(url, { colorScheme: 'dark' })
    await enterCode(page)
    time = new Date(time.getTime() + 30 * 60_000 + 1)
    await page.getByRole('button', { name: /^Pay (SEK|€)/ }).click()
    await heading(page, 'Expired')
    await expectGoodPage(page)
    expect(checkout.stateOf(url)).toBe(checkout.left)
    await page.getByRole('link', { name: 'Back to the shop' }).click()
    await page.waitForURL(`${shopUrl}/failure`)
  })
})

browserTest('takes a withdrawal with an amount of the customer’s own, and says where the money goes', async () => {
  const urls = { SuccessURL: `${shopUrl}/success`, FailURL: `${shopUrl}/failure` }
  const { result } = await ask(sandbox, 'Withdraw', {}, urls)
  const page = await visitLastStep(String(result.data.url), phone, 'Confirm the withdrawal')
  await page.getByText('Any amount in').waitFor()
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

browserTest('takes an amount with a decimal comma in Finnish, on a phone', async () => {
  const urls = { Locale: 'fi_FI', SuccessURL: `${shopUrl}/success`, FailURL: `${shopUrl}/failure` }
  const { result } = await ask(sandbox, 'Withdraw', {}, urls)
  const page = await visitLastStep(String(result.data.url), phone, 'Vahvista nosto')
  await page.getByText('Vapaa summa (SEK)').waitFor()
  await page.getByText('Esimerkiksi 25,00 SEK').waitFor()
  await expectGoodPage(page)
  await page.getByLabel('Summa').fill('5,25')
  await page.getByLabel('Kertakäyttökoodi').fill((await page.locator('output').textContent()) ?? '')
  await page.getByRole('button', { name: 'Nosta' }).tap()
  await page.waitForURL(`${shopUrl}/success`)
  expect(sandbox.trustly.books().orders.at(-1)).toMatchObject({ kind: 'withdrawal', paid: '5.25' })
})

browserTest('turns away a customer who is under age, where the shop asked who it is', async () => {
  const urls = { SuccessURL: `${shopUrl}/success`, FailURL: `${shopUrl}/failure`, RequestKYC: '1' }
  const { url } = await placeTrustlyDeposit(sandbox, {}, urls)
  const page = await visitLastStep(url)
  await page.getByText('Order options').click()
  await page.getByRole('radio', { name: 'The customer is under age' }).check()
  await enterCode(page)
  await page.getByRole('button', { name: /^Pay (SEK|€)/ }).click()
  await page.waitForURL(`${shopUrl}/failure`)
  expect(sandbox.trustly.books().orders.at(-1)).toMatchObject({ state: 'cancelled', paid: null })
})

browserTest('lets a customer sign a mandate in Swedish on a phone, and shows that the shop ended it', async () => {
  const urls = { SuccessURL: `${shopUrl}/success`, FailURL: `${shopUrl}/failure` }
  const swedish = { Country: 'SE', Locale: 'sv_SE', MerchantReference: '1234567', ShopperStatement: 'Kaffe' }
  const { url, orderid } = (await ask(sandbox, 'DirectDebitMandate', {}, { ...urls, ...swedish })).result.data
  const page = await visitLastStep(String(url), phone, 'Skriv under medgivandet')
  await page.getByText('Kaffe får dra pengar från kontot.').waitFor()
  await page.getByText('Order options').tap()
  await expectGoodPage(page)
  await page.getByLabel('Engångskod').fill((await page.locator('output').textContent()) ?? '')
  await page.getByRole('button', { name: 'Skriv under' }).tap()
  await page.waitForURL(`${shopUrl}/success`)
  expect(sandbox.trustly.books().orders.at(-1)).toMatchObject({ kind: 'mandate', state: 'active' })
  await page.goto(String(url))
  await heading(page, 'Medgivandet är undertecknat')
  await expectGoodPage(page)
  sandbox.trustly.cancel(String(orderid))
  await page.reload()
  await heading(page, 'Medgivandet har upphört')
})
