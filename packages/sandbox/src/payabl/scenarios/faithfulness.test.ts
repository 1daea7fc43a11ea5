import { createHash } from 'node:crypto'
import {
  call,
  captureOf,
  creditedDeposit,
  depositFields,
  elements,
  type Fields,
  isSecured,
  placeDeposit,
  post,
  query,
  sample,
  signedBody,
  startShop,
} from '../../__fixtures__/payabl/shop.ts'
import { type PayablAlone, startPayablAlone } from '../../__fixtures__/payabl/start-payabl.ts'
import { type PayablOptions, walkCheckout } from '../../index.ts'

// Every sentence of protocol/payabl.md section 8, "Faithfulness checklist for the sandbox server", and of the triggers
// above it, is the name of a test. Signatures are made here, by the published rule (section 2.1), and not by the sandbox.

const secret = 'b185'
let sandbox: PayablAlone
let shop: Awaited<ReturnType<typeof startShop>>
let time: Date
const others: PayablAlone[] = []

const start = async (payabl: PayablOptions = {}) => {
  const merchants = [{ merchantId: 'gateway_test', secret }]
  const other = await startPayablAlone({ merchants, ...payabl }, () => time)
  others.push(other)
  return other
}

beforeEach(async () => {
  time = new Date('2026-11-20T09:20:00Z')
  shop = await startShop()
  sandbox = await start({ merchants: [] })
})

afterEach(async () => {
  await Promise.all(others.splice(0).map((other) => other.close()))
  await shop.close()
})

const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex')
/** Bytes without any Content-Type. */
const send = async (one: PayablAlone, action: string, body: string) =>
  (await fetch(`${one.payabl.url}/${action}`, { method: 'POST', body: Buffer.from(body) })).text()
const statusOf = (answer: string) => new URLSearchParams(answer).get('status')
const own = async (one: PayablAlone, fields: Fields, action = 'payment_preauthorize') =>
  statusOf(await send(one, action, signedBody({ merchantid: 'gateway_test', ...fields }, secret)))
const states = () => shop.received.map(({ fields }) => fields.payment_state)
const place = (one: PayablAlone = sandbox, overrides: Fields = {}) =>
  placeDeposit(one, { notification_url: shop.url, ...overrides })

/** A preauthorize with bytes of no encoding in a name and a value, its signature over the bytes of the values. */
const bytesBody = (signature: (hash: string) => string) => {
  const values = { ...depositFields(), merchantid: 'gateway_test' }
  const odd: Array<[name: Buffer, value: Buffer]> = [
    [Buffer.from([0x7a, 0xe4]), Buffer.from([0xfc, 0x00, 0xff])],
    [Buffer.from('Zone'), Buffer.from('first in byte order')],
  ]
  const plain = Object.entries(values).map(([name, value = '']) => [Buffer.from(name), Buffer.from(value)] as const)
  const sorted = [...plain, ...odd].sort(([one], [other]) => Buffer.compare(one, other))
  const hash = sha1(Buffer.concat([...sorted.map(([, value]) => value), Buffer.from(secret)]))
  const escaped = (bytes: Buffer) => bytes.toString('hex').replace(/../g, '%$&')
  const pairs = sorted.map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
  return [...pairs.reverse(), `signature=${signature(hash)}`].join('&')
}

describe('1.', () => {
  test('"Read the raw body bytes; percent-decode to bytes; hash bytes in byte-sorted name order; compare lower-case."', async () => {
    const one = await start()
    const answers = [(hash: string) => hash, (hash: string) => hash.toUpperCase(), () => ''].map(async (signature) =>
      statusOf(await send(one, 'payment_preauthorize', bytesBody(signature))),
    )
    expect(await Promise.all(answers)).toEqual(['2000', '-999', '-999'])
  })

  // Bytes of the two derived "non-ASCII" vectors' names: Jürgen is J%FCrgen or J%C3%BCrgen (section 2.1, HELP).
  test('"That accepts Latin-1 and UTF-8 clients alike; a strict switch rejects bytes ≥0x80 that form valid UTF-8 multibyte sequences."', async () => {
    const strict = await start({ assumptions: { latin1Only: true } })
    const usual = await start()
    const fields = { merchantid: 'gateway_test', ...depositFields({ firstname: 'Jürgen' }) }
    const [latin1, utf8] = [signedBody(fields, secret, 'latin1'), signedBody(fields, secret, 'utf8')]
    expect([latin1.includes('J%FCrgen'), utf8.includes('J%C3%BCrgen')]).toEqual([true, true])
    const statuses = [usual, strict].flatMap((one) =>
      [latin1, utf8].map(async (body) => statusOf(await send(one, 'payment_preauthorize', body))),
    )
    expect(await Promise.all(statuses)).toEqual(['2000', '2000', '2000', '-6000'])
  })
})

describe('2.', () => {
  // The vector "empty values neither add nor remove bytes" and section 2.1: "All sent parameters take part, known or not."
  test('"Include unknown and empty parameters"', async () => {
    const one = await start()
    const fields = { ...depositFields(), title: '', custom1: '', unknown: 'inside the hash' }
    expect(await own(one, fields)).toBe('2000')
    const added = `${signedBody({ merchantid: 'gateway_test', ...depositFields() }, secret)}&unknown=outside`
    expect(statusOf(await send(one, 'payment_preauthorize', added))).toBe('-999')
    const empty = `${signedBody({ merchantid: 'gateway_test', ...depositFields() }, secret)}&title=&gender`
    expect(statusOf(await send(one, 'payment_preauthorize', empty))).toBe('2000')
  })

  test('"duplicate names: last wins [I]."', async () => {
    const [last, first] = [await start(), await start({ assumptions: { duplicateNames: 'first' } })]
    const body = signedBody({ merchantid: 'gateway_test', ...depositFields({ amount: '7.00' }) }, secret)
    const amounts = async (sent: string) =>
      Promise.all(
        [last, first].map(async (one) =>
          new URLSearchParams(await send(one, 'payment_preauthorize', sent)).get('amount'),
        ),
      )
    expect(await amounts(`amount=9.00&${body}`)).toEqual(['7.00', ''])
    expect(await amounts(`${body}&amount=9.00`)).toEqual(['', '7.00'])
  })
})

describe('3.', () => {
  test('"Bad signature → HTTP 200 status=-999 (switch to -6000)."', async () => {
    const [usual, newer] = [await start(), await start({ assumptions: { badSignatureStatus: -6000 } })]
    const body = signedBody({ merchantid: 'gateway_test', ...depositFields() }, 'wrong')
    const answers = await Promise.all([usual, newer].map((one) => post(one, 'payment_preauthorize', body)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(await answers[0]?.text()).toBe(sample('res-preauthorize-bad-signature.txt').trim())
    expect(await answers[1]?.text()).toContain('&status=-6000&errormessage=Found+wrong+or+missing+fields&')
  })

  test('"Unknown merchant → -999."', async () => {
    const fields = { merchantid: 'nobody', ...depositFields() }
    const response = await post(sandbox, 'payment_preauthorize', signedBody(fields, secret))
    expect([response.status, statusOf(await response.text())]).toEqual([200, '-999'])
  })

  test('"Missing/invalid field → -6000 or -61xx."', async () => {
    const [usual, coarse] = [await start(), await start({ assumptions: { wrongFieldStatus: -6000 } })]
    const [missing, invalid] = [depositFields({ lastname: undefined }), depositFields({ lastname: 'x'.repeat(51) })]
    expect([await own(usual, missing), await own(usual, invalid)]).toEqual(['-6000', '-6105'])
    expect([await own(coarse, missing), await own(coarse, invalid)]).toEqual(['-6000', '-6000'])
  })

  test('"Disabled currency → -6000."', async () => {
    const one = await start({ merchants: [{ merchantId: 'gateway_test', secret, currencies: ['EUR'] }] })
    const pay = (currency: string) => own(one, depositFields({ currency }))
    expect([await pay('EUR'), await pay('SEK'), await pay('USD')]).toEqual(['2000', '-6000', '-6000'])
  })
})

describe('4.', () => {
  test('"Always emit both transid/transactionid, errmsg/errormessage, price/amount"', async () => {
    sandbox.payabl.setBalance('EUR', '10.00')
    const capture = await creditedDeposit(sandbox)
    const money = { transactionid: capture, amount: '1.00', currency: 'EUR' }
    const answers = [
      await call(sandbox, 'payment_preauthorize', depositFields()),
      await call(sandbox, 'payment_refund', money),
      await call(sandbox, 'payment_cft', { ...money, payment_method: '116' }),
      await call(sandbox, 'payment_refund', { ...money, amount: '100.00' }),
      await call(sandbox, 'payment_capture', { transactionid: capture }),
    ]
    expect(answers.map(({ status }) => status)).toEqual(['2000', '0', '0', '-6102', '-104'])
    for (const { transid, transactionid, errmsg, errormessage, price, amount } of answers) {
      expect([transid, errmsg, price]).toEqual([transactionid, errormessage, amount])
      expect([transactionid, errormessage, amount]).not.toContain(undefined)
    }
  })

  test('"encode spaces as +"', async () => {
    const answer = await send(sandbox, 'payment_preauthorize', 'merchantid=nobody')
    expect(answer).toContain('&errormessage=Unknown+error&errmsg=Unknown+error&')
  })

  test('"redirect_url encoded once."', async () => {
    const [once, twice] = [await start(), await start({ assumptions: { redirectUrlEncoded: 'twice' } })]
    const body = signedBody({ merchantid: 'gateway_test', ...depositFields() }, secret)
    const urls = [once, twice].map(async (one) => {
      const answer = await send(one, 'payment_preauthorize', body)
      expect(answer).toContain(one === once ? '&redirect_url=http%3A%2F%2F127' : '&redirect_url=http%253A%252F%252F127')
      return new URLSearchParams(answer).get('redirect_url') ?? ''
    })
    const [plain, encoded] = await Promise.all(urls)
    expect((await fetch(plain ?? '')).status).toBe(200)
    expect(decodeURIComponent(encoded ?? '')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/payabl\/checkout\//)
  })
})

describe('5.', () => {
  const today = { start_date: '20.11.2026', end_date: '20.11.2026' }

  test('"XML answers with the ISO-8859-1 prolog"', async () => {
    const capture = await creditedDeposit(sandbox, { notification_url: shop.url })
    const answers = [
      await query(sandbox, 'tx_diagnose', { type: 'tx', transactionid: capture }),
      await query(sandbox, 'tx_diagnose', { type: 'capture', ...today }),
      await query(sandbox, 'send_notification', { transactionid: capture }),
      await query(sandbox, 'tx_diagnose', {}),
    ]
    for (const xml of answers) expect(xml).toMatch(/^<\?xml version="1\.0" encoding="ISO-8859-1"\?>\n<response>\n/)
    const { id } = await placeDeposit(sandbox, { custom1: 'Åsa' })
    const utf8 = await query(sandbox, 'tx_diagnose', { type: 'tx', transactionid: id })
    // The bytes that came are the bytes that go: read as ISO-8859-1 they are not what a UTF-8 client meant.
    expect(elements(utf8, 'custom1')).toEqual([Buffer.from('Åsa').toString('latin1')])
  })

  test('"the numbered stepN"', async () => {
    const capture = await creditedDeposit(sandbox)
    sandbox.payabl.refundFromDashboard(capture, '1.00')
    const xml = await query(sandbox, 'tx_diagnose', { type: 'tx', transactionid: capture })
    expect(xml.match(/<step\d+>/g)).toEqual(['<step1>', '<step2>', '<step3>'])
  })

  test('"the stray space before transaction_id behind a switch"', async () => {
    const tidy = await start({ merchants: [], assumptions: { spaceBeforeListedId: false } })
    const [stray, clean] = [await creditedDeposit(sandbox), await creditedDeposit(tidy)]
    const listed = async (one: PayablAlone) =>
      elements(await query(one, 'tx_diagnose', { type: 'capture', ...today }), 'transaction_id')
    expect([await listed(sandbox), await listed(tidy)]).toEqual([[` ${stray}`], [clean]])
  })

  test('"SUCCESSFULL."', async () => {
    const capture = await creditedDeposit(sandbox, { notification_url: shop.url })
    const xml = await query(sandbox, 'send_notification', { transactionid: capture })
    expect(elements(xml, 'notification_sent')).toEqual(['SUCCESSFULL'])
  })
})

describe('6.', () => {
  const paid = async () => {
    const { id } = await place()
    sandbox.payabl.accept(id)
    sandbox.payabl.credit(id)
    await sandbox.payabl.idle()
    return shop.received
  }

  test('"Notifications: arbitrary field order"', async () => {
    const orders = (await paid()).map(({ body }) => [...new URLSearchParams(body).keys()])
    expect(orders[0]).not.toEqual(orders[1])
    expect(orders[0]?.toSorted()).toEqual(orders[1]?.toSorted())
  })

  test('"empty errormessage="', async () => {
    for (const { body } of await paid()) expect(`&${body}&`).toContain('&errormessage=&')
  })

  test('"SHA-256 security"', async () => {
    const received = await paid()
    expect(received.map((notified) => isSecured(notified, sandbox.payabl.merchant.secret))).toEqual([true, true])
    // Four fields and no more: both states of one second share it.
    expect(new Set(received.map(({ fields }) => fields.security)).size).toBe(1)
  })

  test('"Unix seconds."', async () => {
    expect((await paid()).map(({ fields }) => fields.timestamp)).toEqual(['1795166400', '1795166400'])
  })
})

test('7. "orderid not unique: two preauthorizations with one orderid are two payments."', async () => {
  const [one, two] = [await placeDeposit(sandbox), await placeDeposit(sandbox)]
  sandbox.payabl.credit(one.id)
  expect(sandbox.payabl.books().payments.map(({ transactions: [first] }) => [first?.orderid, first?.state])).toEqual([
    ['trustly-0001', 'credited'],
    ['trustly-0001', 'pending'],
  ])
  const dates = { start_date: '20.11.2026', end_date: '20.11.2026' }
  const found = await query(sandbox, 'tx_diagnose', { type: 'orderid', orderid: 'trustly-0001', ...dates })
  expect(elements(found, 'transaction_id')).toEqual([one.id, two.id])
})

describe('triggers', () => {
  test.each([
    ['Pay → accepted then credited', 'accepted-credited', ['not_credited_yet', 'credited']],
    ['Pay late', 'accepted', ['not_credited_yet']],
    ['Bank fails → not_credited', 'not-credited', ['not_credited']],
  ])('"%s"', async (_, outcome, reported) => {
    const { url } = await place()
    await walkCheckout(url, { outcome })
    await sandbox.payabl.idle()
    expect(states()).toEqual(reported)
  })

  test('"Cancel → -5003"', async () => {
    const { url } = await place()
    await walkCheckout(url, { cancel: true })
    await sandbox.payabl.idle()
    expect(shop.received.map(({ fields }) => fields.errorcode)).toEqual(['-5003'])
  })

  test('"Close tab → nothing"', async () => {
    const { id, url } = await place()
    await fetch(url)
    await sandbox.clock.move(30 * 86_400_000)
    await sandbox.payabl.idle()
    expect(shop.received).toEqual([])
    expect(captureOf(sandbox, id)).toBeUndefined()
  })

  test('"advance the clock 15 days"', async () => {
    const { id } = await place()
    sandbox.payabl.accept(id)
    await sandbox.clock.move(15 * 86_400_000)
    await sandbox.payabl.idle()
    expect(states()).toEqual(['not_credited_yet', 'not_credited'])
  })

  test('"set merchant balance for CFT"', async () => {
    const capture = await creditedDeposit(sandbox, { notification_url: shop.url })
    const payout = { transactionid: capture, amount: '10.00', currency: 'EUR', payment_method: '116' }
    const pay = () => call(sandbox, 'payment_cft', { ...payout, notification_url: shop.url })
    expect(await pay()).toMatchObject({ status: '0' })
    sandbox.payabl.setBalance('EUR', '0.00')
    const { transactionid } = await pay()
    await sandbox.payabl.idle()
    const failed = shop.received.filter(({ fields }) => fields.type === 'cft').map(({ fields }) => fields)
    expect(failed).toMatchObject([{ transactionid, errorcode: '-5008' }])
  })
})
