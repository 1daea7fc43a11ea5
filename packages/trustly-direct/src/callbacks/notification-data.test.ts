import { type CallbackResponse, type HandlerAnswer, isLeft } from '@railswitch/core/provider'
import { notificationMembers } from '../__fixtures__/published.ts'
import { memberAt, parseJson } from '../wire/json-text.ts'
import { acknowledge } from './acknowledgement.ts'
import { customerDetails } from './customer-details.ts'
import { abortOf, type Notification, verifyNotification } from './notification.ts'
import { notificationKinds } from './notification-kinds.ts'
import { toReport } from './report.ts'

/** Members are JSON text here, because a number and a text are two things on the wire. */
interface Members {
  readonly [name: string]: string
}

const needed: Members = {
  orderid: '"87654567"',
  messageid: '"98348932"',
  notificationid: '"9876543456"',
}
const ofMethod: { readonly [name: string]: string } = {
  amount: '"902.50"',
  currency: '"EUR"',
  accountid: '"1234567890"',
}
const optional: Members = {
  timestamp: '"2010-01-20 14:42:04.675645+01"',
  enduserid: '"32123"',
  attributes: '{"bank":"SEB"}',
  verified: '"1"',
  kycentityid: '"29a750aa-0bad-4a28-a42d-ffb9a690d93a"',
  abort: '"0"',
  abortmessage: '"underage"',
  errorcode: '"incorrect_account_number"',
  paymentdate: '"2010-01-20"',
  refund: '"1"',
}

const needsOf = (method: string): readonly string[] => [
  ...Object.keys(needed),
  ...((Object.hasOwn(notificationKinds, method) && notificationKinds[method]?.needs) || []),
]
const complete = (method: string): Members =>
  Object.fromEntries(needsOf(method).map((name) => [name, needed[name] ?? ofMethod[name] ?? '""']))

const read = (method: string, members: Members): Notification | null => {
  const data = Object.entries(members).map(([name, value]) => `${JSON.stringify(name)}:${value}`)
  const params = `{"signature":"x","uuid":"258a2184-2842-b485-25ca-293525152425","data":{${data.join()}}}`
  const text = `{"method":${JSON.stringify(method)},"params":${params},"version":"1.1"}`
  const parsed = verifyNotification(
    { body: new TextEncoder().encode(text), contentType: 'application/json' },
    { verify: () => true, trustedKeys: [] },
  )
  return isLeft(parsed) ? null : parsed.right
}

const methods = [...Object.keys(notificationKinds), 'novelty']
const nothing = ['null', '""', '" "', '[]', '{}']
const odd = [
  'true',
  'false',
  '-7',
  '1e400',
  '[null]',
  '[1,"x"]',
  '{"x":[]}',
  '"x"',
  '"ODD text, 1!"',
  `"${'9'.repeat(300)}"`,
]

test('row 17: the model knows the notifications that we know', () => {
  expect(Object.keys(notificationMembers)).toEqual(Object.keys(notificationKinds))
})

const rows = methods.flatMap((method) =>
  [...new Set([...Object.keys(optional), ...Object.keys(ofMethod), ...(notificationMembers[method]?.members ?? [])])]
    .filter((name) => !needsOf(method).includes(name))
    .map((name) => [method, name] as const),
)

test.each(rows)(
  'row 17: a %s costs its optional %s when that is null, empty or odd, and nothing else',
  (method, name) => {
    const members = complete(method)
    const plain = read(method, members)
    for (const value of [...nothing, ...odd]) {
      const received = read(method, { ...members, [name]: value })
      for (const need of needsOf(method)) expect(Object(received?.data)[need]).toBe(JSON.parse(members[need] ?? ''))
      expect(Object.keys(received?.whole ?? {})).toEqual([...Object.keys(members), name])
      if (name !== 'abort' && name !== 'abortmessage' && name !== 'attributes')
        expect(received?.data).toEqual(plain?.data)
    }
    expect(read(method, { ...members, [name]: optional[name] ?? ofMethod[name] ?? '"x"' })).not.toBeNull()
  },
)

const now = () => new Date('2026-11-21T12:00:00Z')

test.each(
  methods.flatMap((method) =>
    [...(notificationMembers[method]?.attributes ?? []), 'directdebitmandate', 'novelty'].map(
      (name) => [method, name] as const,
    ),
  ),
)('row 17: a %s costs its attribute %s when that is null, empty or odd, and nothing else', (method, name) => {
  const members = complete(method)
  const plain = read(method, members)
  const [beside, ours] = name === 'city' ? ['bank', 'bankName'] : ['city', 'city']
  for (const value of [...nothing, ...odd, '"0 "', '"01"']) {
    const received = read(method, { ...members, attributes: `{${JSON.stringify(name)}:${value},"${beside}":"SEB"}` })
    expect(received && toReport(received, now)).toEqual(plain && toReport(plain, now))
    if (method === 'account') expect(received && customerDetails(received)).toMatchObject({ [ours]: 'SEB' })
  }
})

test.each(Object.keys(notificationKinds).flatMap((method) => needsOf(method).map((name) => [method, name] as const)))(
  'row 17: a %s is refused when its %s, which it needs, is missing, null, empty or odd',
  (method, name) => {
    const { [name]: _, ...rest } = complete(method)
    expect(read(method, rest)).toBeNull()
    // Any text is a merchant reference.
    const refused = name === 'messageid' ? ['true', '[1]', `"${'9'.repeat(300)}"`] : [...odd, '" "']
    for (const value of [...refused, 'null', '""', '[]', '{}'])
      expect(read(method, { ...rest, [name]: value })).toBeNull()
  },
)

test.each(Object.keys(needed))(
  'row 17: a method that nobody documented may lack its %s, and may not misspell it',
  (name) => {
    const { [name]: _, ...rest } = complete('novelty')
    for (const value of ['null', '""'])
      expect(read('novelty', { ...rest, [name]: value })?.data).toEqual(read('novelty', rest)?.data)
    for (const value of ['true', '[1]', `"${'9'.repeat(300)}"`])
      expect(read('novelty', { ...rest, [name]: value })).toBeNull()
  },
)

test('row 17: numbers are read like texts', () => {
  const numbers = {
    orderid: '87654567',
    messageid: '5',
    notificationid: '9876543456',
    amount: '902.50',
    currency: '"EUR"',
  }
  expect(read('credit', numbers)?.data).toMatchObject({ orderid: '87654567', messageid: '5', amount: '902.50' })
  const { amount, currency, ...rest } = numbers
  expect(read('account', { ...rest, accountid: '1234567890' })?.data.accountid).toBe('1234567890')
})

test('row 17: a reference of 200 characters, which a native call may choose, is read', () => {
  const messageid = JSON.stringify('m'.repeat(200))
  expect(read('credit', { ...complete('credit'), messageid })?.data.messageid).toHaveLength(200)
})

test('row 17: a member or a method of a new name is let pass, with digits, capitals or _ in it', () => {
  for (const name of ['address2', 'iso3166code', 'NewName', 'new_name'])
    expect(read('credit', { ...complete('credit'), [name]: '"x"' })).not.toBeNull()
  for (const method of ['payout_downgraded', 'kyc2', 'newMethod'])
    expect(read(method, complete('novelty'))).not.toBeNull()
  for (const name of ['2address', 'a-b', 'a b', 'a.b', ''])
    expect(read('credit', { ...complete('credit'), [name]: '"x"' })).toBeNull()
})

test.each([
  ['null', undefined],
  ['"2010-01-20T14:42:04Z"', undefined],
  ['"yesterday"', undefined],
  ['1264002124', undefined],
  ['"2010-02-30 14:42:04+01"', undefined],
  ['"2010-01-20 14:42:04.675645+01"', '2010-01-20T13:42:04.675Z'],
])('row 17: the time of %s is %j: no time is distinguished from one', (timestamp, expected) => {
  expect(read('credit', { ...complete('credit'), timestamp })?.data.at).toBe(expected)
})

const statusOf = async (received: Notification | null, answer: HandlerAnswer): Promise<unknown> => {
  if (!received) throw new Error('refused')
  const reply: CallbackResponse = await acknowledge(received, () => ({ _tag: 'Right', right: 'signed' }))(answer)
  const parsed = parseJson(reply.body)
  return isLeft(parsed) ? null : memberAt(parsed.right, 'result', 'data', 'status')
}

const message = '"abortmessage":"underage"'
test.each<[string, Members, string | null]>([
  ['abort 1', { abort: '"1"', abortmessage: '"underage"' }, 'underage'],
  ['abort 1 as a number', { abort: '1' }, ''],
  ['abort true', { abort: 'true' }, ''],
  ['an abort in other words', { abort: '"yes"' }, ''],
  ['an empty abort with a message', { abort: '""', abortmessage: '"unverified"' }, 'unverified'],
  ['a null abort with a message', { abort: 'null', abortmessage: '"unverified"' }, 'unverified'],
  ['a message alone', { abortmessage: '"unverified"' }, 'unverified'],
  ['an empty abort, and the message in the attributes', { abort: '""', attributes: `{${message}}` }, 'underage'],
  ['an empty abort and its message in the attributes', { attributes: `{"abort":"",${message}}` }, 'underage'],
  ['an abort in the attributes', { abort: '"0"', attributes: `{"abort":"1",${message}}` }, 'underage'],
  ['a message of another form', { abort: '""', abortmessage: '"Under age!"' }, ''],
  ['a message of another type', { abort: '""', abortmessage: '["underage"]' }, ''],
  ['abort 0', { abort: '"0"' }, null],
  ['abort 0 beside a message', { abort: '"0"', abortmessage: '"underage"' }, null],
  ['abort 0 as a number, and false', { abort: '0', attributes: '{"abort":false}' }, null],
  [
    'nothing but empty members',
    { abort: '""', abortmessage: 'null', attributes: '{"abort":null,"abortmessage":""}' },
    null,
  ],
  ['attributes that are none', { attributes: '[]' }, null],
  // The signature of `abort` `1` and `abortmessage` `underage` is valid for each of these.
  ['an abort behind a shifted border', { abor: '"t1"', abortmessage: '"underage"' }, 'underage'],
  ['an abort and a message behind shifted borders', { abor: '"t1abortmessageunderage"' }, ''],
  ['an abort inside attributes that are text', { attributes: '"abort1abortmessageunderage"' }, ''],
  ['an abort inside an attribute', { attributes: '{"abor":"t1abortmessageunderage"}' }, ''],
])('row 17: a kyc with %s', async (_name, members, reason) => {
  const received = read('kyc', { ...complete('kyc'), ...members })
  expect(received && abortOf(received.data)).toBe(reason)
  expect(await statusOf(received, { proceed: true })).toBe(reason === null ? 'CONTINUE' : 'FINISH')
})

test('row 17: a malformed detail of the customer is left out, the others are kept', () => {
  const attributes = '{"firstname":"Joe","lastname":null,"dob":"20 May","city":"","country":["SE"],"zipcode":11253}'
  const received = read('kyc', { ...complete('kyc'), attributes })
  expect(received && customerDetails(received)).toEqual({ firstName: 'Joe', zipCode: '11253' })
  for (const none of [...nothing, ...odd].filter((value) => !value.startsWith('{')))
    expect(customerDetails(read('kyc', { ...complete('kyc'), attributes: none }) as Notification)).toBeNull()
})
