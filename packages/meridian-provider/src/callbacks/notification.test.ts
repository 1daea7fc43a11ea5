import { isLeft, left } from '@railswitch/core/provider'
import { callbackSignature } from '../vendor/signatures.ts'
import { customerDetails } from './customer-details.ts'
import { type Notification, verifyNotification } from './notification.ts'
import { merchantReferenceOf, toReport } from './report.ts'

const secret = 'secret-of-the-account-0123456789'
const now = new Date('2026-03-05T00:00:00.000Z')
const payin = {
  id: 'pi_1',
  version: 3,
  reference: 'order-1',
  status: 'credited',
  amount: 24990,
  currency: 'SEK',
  credited: 24990,
  updatedAt: '2026-03-02T09:00:00+01:00',
}

const received = (body: string | object, signing = secret) => {
  const bytes = new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))
  const headers = {
    'meridian-time': '1785000000',
    'meridian-signature': callbackSignature(signing, '1785000000', bytes),
  }
  return verifyNotification({ body: bytes, contentType: 'application/json', headers }, [secret])
}

const callback = (data: object, type = 'payin.updated') => ({
  id: 'ev_1',
  type,
  createdAt: '2026-03-02T08:00:01Z',
  data,
})

const read = (body: object): Notification => {
  const notification = received(body)
  if (isLeft(notification)) throw notification.left
  return notification.right
}

test('a payin: its version is the report, with the totals of the object', () => {
  const notification = read(
    callback({ ...payin, reversals: [{ id: 'rv_1', amount: 3000, at: '2026-03-02T08:00:00Z' }] }),
  )
  expect(toReport(notification, now)).toEqual({
    id: 'pi_1|3',
    at: '2026-03-02T08:00:00.000Z',
    vendorId: 'pi_1',
    method: 'payin.credited',
    money: { value: '249.90', currency: 'SEK' },
    members: { version: '3', credited: '24990', reversals: 'rv_1 3000 2026-03-02T08:00:00Z' },
  })
  expect(merchantReferenceOf(notification)).toBe('order-1')
})

test.each([
  ['SEK', 24990, '249.90'],
  ['ISK', 24990, '24990'],
  ['BHD', 24990, '24.990'],
  ['EUR', 1, '0.01'],
])('%s: %d is %s', (currency, credited, value) => {
  expect(toReport(read(callback({ ...payin, currency, credited })), now).money).toEqual({ value, currency })
})

test('the money that arrived counts, not the ordered money', () => {
  expect(toReport(read(callback({ ...payin, credited: 100 })), now).money?.value).toBe('1.00')
})

test('personal data is for the handler and not in the report', () => {
  const notification = read(callback({ ...payin, payer: { holder: 'Åsa Öberg', iban: 'SE4550000000058398257466' } }))
  expect(customerDetails(notification)).toEqual({
    accountHolder: 'Åsa Öberg',
    accountNumber: 'SE4550000000058398257466',
  })
  expect(JSON.stringify(toReport(notification, now))).not.toMatch(/berg|SE45/)
})

test('a time that cannot be read costs the time', () => {
  for (const updatedAt of [null, '', 'yesterday', 7])
    expect(toReport(read(callback({ ...payin, updatedAt })), now)).toMatchObject({
      id: 'pi_1|3',
      at: now.toISOString(),
    })
})

test('a callback of an unknown kind has the id of the callback', () => {
  const notification = read(callback({ id: 'pi_1', reference: 'order-1', stage: 'inquiry' }, 'payin.disputed'))
  expect(toReport(notification, now)).toMatchObject({
    id: 'callback|ev_1',
    vendorId: 'pi_1',
    method: 'callback.payin.disputed',
    members: {},
  })
  expect(merchantReferenceOf(notification)).toBe('order-1')
})

test.each<readonly [string, object | string]>([
  ['no object', '[]'],
  ['no JSON', '{"id":'],
  ['no id', { type: 'payin.updated', data: payin }],
  ['an amount with decimals', callback({ ...payin, credited: 249.9 })],
  ['an amount as text', callback({ ...payin, credited: '24990' })],
  ['a negative amount', callback({ ...payin, credited: -1 })],
  ['an amount that no number holds exactly', callback({ ...payin, credited: 2 ** 53 })],
  ['an unknown currency', callback({ ...payin, currency: 'XXZ' })],
  ['no currency', callback({ ...payin, currency: null })],
  ['no version', callback({ ...payin, version: null })],
  ['an id of another kind', callback({ ...payin, id: 'po_1' })],
  ['a state that is no word', callback({ ...payin, status: 'credited|3' })],
  ['a reversal without an amount', callback({ ...payin, reversals: [{ id: 'rv_1' }] })],
  ['a payout as payin', callback(payin, 'payout.updated')],
])('%s is refused, because money or state cannot be read', (_name, body) => {
  expect(received(body)).toMatchObject({ left: { code: 'callback_refused' } })
})

test('a callback of another account is refused before it is read', () => {
  const refused = received('{"id":', 'secret-of-another-account-000000')
  expect(refused).toMatchObject(left({ code: 'callback_refused', message: expect.stringMatching(/no signature/) }))
})
