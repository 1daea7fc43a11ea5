import { readFileSync } from 'node:fs'
import { type Either, isLeft, ownMethods, type PaymentError, type Report } from '@railswitch/core/provider'
import {
  callback,
  callOf,
  credited,
  depositIntent,
  depositRef,
  eur,
  recordOf,
  refundIntent,
  report,
  secondsAfter,
  unproven,
} from '../__fixtures__/records.ts'
import { type Step, scriptedClient } from '../__fixtures__/scripted-payabl.ts'
import { codes } from '../error-codes.ts'
import { startRefund } from './refund.ts'

const sample = (name: string) => readFileSync(new URL(`../__fixtures__/samples/${name}`, import.meta.url), 'latin1')
const now = () => new Date('2026-11-20T10:00:00.000Z')
const payment = 'rs1.p.refund.refund-0001.1'

const refund = async (step: Step, reports: readonly Report[] = [credited('104837274')]) => {
  const recorded = refundIntent('refund-0001', '4.50')
  const { client, sent } = scriptedClient([step])
  const call = callOf(recorded, recordOf([depositIntent(), recorded], reports))
  const input = { payment: depositRef, reference: 'refund-0001', amount: recorded.intent.expect }
  return { result: await startRefund(client, now)(input, call)(), sent }
}
const errorOf = (result: Either<PaymentError, unknown>): PaymentError => {
  if (isLeft(result)) return result.left
  throw new Error('it was accepted')
}

test('a refund is payment_refund of the transaction that the credited callback named, byte for byte as req-refund.http has it', async () => {
  const { sent } = await refund('status=0')
  expect(sent.map(({ url }) => url)).toEqual(['https://sandbox.payabl.com/pay/backoffice/payment_refund'])
  expect(sent[0]?.body).toBe(sample('req-refund.http').split('\r\n\r\n')[1])
})

test.each([
  ['res-refund-new-docs-authentic.txt', ['105898756']],
  ['res-refund-old-docs-authentic.txt', ['6905370']],
])('is accepted, never paid, by %s', async (file, vendorIds) => {
  const { result } = await refund(sample(file))
  expect(result).toMatchObject({ right: { result: { status: 'accepted', payment }, vendorIds } })
})

test('draws on a transaction that was not taken back, where one of the two that were paid was', async () => {
  const reversed = callback({ payment_state: 'not_credited', timestamp: secondsAfter(1) })
  const { sent } = await refund('status=0', [credited(), credited('104837274'), reversed])
  expect(sent[0]?.fields).toMatchObject({ transactionid: '104837274' })
})

test.each(['104837274', '104900001'])('does not take the deposit`s id for its own: %s', async (id) => {
  const { result } = await refund(`status=2000&errormessage=pending&transactionid=${id}`)
  expect(result).toMatchObject({ right: { result: { status: 'accepted' }, vendorIds: [] } })
})

test('of an imported deposit draws on the id that payabl calls credited, else on the first', async () => {
  const imported = report({
    method: ownMethods.imported,
    proof: 'person',
    vendorId: '104900002',
    money: eur('10.00'),
    members: { state: 'credited' },
  })
  const drawnOn = async (...reports: readonly Report[]) => {
    const recorded = refundIntent('refund-0001', '4.50')
    const { client, sent } = scriptedClient(['status=0'])
    const deposit = depositIntent({ imported: true }, ['104900002', '104900001'])
    const call = callOf(recorded, recordOf([deposit, recorded], [imported, ...reports]))
    await startRefund(client, now)({ payment: depositRef, reference: 'refund-0001', amount: eur('4.50') }, call)()
    return sent[0]?.fields.transactionid
  }
  expect(await drawnOn()).toBe('104900002')
  expect(await drawnOn(credited())).toBe('104900001')
  expect(await drawnOn(unproven({ payment_state: 'credited' }))).toBe('104900002')
})

describe('where a person said that the deposit is credited', () => {
  const person = (vendorId: string) =>
    report({ method: ownMethods.personCredited, proof: 'person', vendorId, money: eur('10.00') })

  test('draws on the transaction that the person named', async () => {
    expect((await refund('status=0', [person('104837274')])).sent[0]?.fields.transactionid).toBe('104837274')
  })

  test('row 19: never sends what is no transaction, but the only one that is known', async () => {
    expect((await refund('status=0', [person(depositRef)])).sent[0]?.fields.transactionid).toBe('104900001')
    const two = [person(depositRef), callback({ transactionid: '7', payment_state: 'not_credited_yet' })]
    const { result, sent } = await refund('status=0', two)
    expect(errorOf(result)).toMatchObject({ code: 'not_found', effect: 'not_sent' })
    expect(sent).toEqual([])
  })
})

describe('sends nothing while no transaction was credited', () => {
  test.each<[string, readonly Report[]]>([
    ['nothing reported', []],
    ['a credit that nothing proves', [unproven({ payment_state: 'credited' })]],
    ['a credit that is not known to be ours', [{ ...credited(), intent: null }]],
  ])('%s', async (_, reports) => {
    const { result, sent } = await refund('status=0', reports)
    expect(errorOf(result)).toMatchObject({ code: 'not_found', effect: 'not_sent' })
    expect(sent).toEqual([])
  })
})

describe('is unknown, is not sent again and is looked up later', () => {
  test.each<[string, Step]>([
    ['no answer', { lost: 'timeout' }],
    ['garbage', '<html>oops</html>'],
    ['nothing', ''],
    ['no answer, but HTTP 502', { status: 502, body: '<html>Bad Gateway</html>' }],
    ['-999', 'status=-999&errormessage=Unknown+error'],
    ['-998', 'status=-998'],
    ['-5000', 'status=-5000&errormessage=Internal+error'],
    ['a code that no list has', 'status=-123456'],
  ])('after %s', async (_, step) => {
    const { result, sent } = await refund(step)
    expect(result).toMatchObject({
      right: {
        result: { status: 'unknown', payment, resolveBy: 'lookup', notBefore: '2026-11-20T10:15:00.000Z' },
        vendorIds: [],
      },
    })
    expect(sent).toHaveLength(1)
  })
})

test('an unknown outcome says why', async () => {
  const { result } = await refund('status=-999&errormessage=Unknown+error')
  expect(result).toMatchObject({
    right: {
      result: {
        error: {
          code: 'misconfigured',
          effect: 'may_have_happened',
          message: 'payabl responded with -999 Unknown error.',
          hint: expect.stringContaining('Check merchant id, secret and signature'),
        },
      },
    },
  })
})

test('is refused by a code that leaves no doubt, and unknown by each of the others (section 5)', async () => {
  const doubtful = ['-999', '-998', '-997', '-125', '-121', '-117', '-1315', '-5000']
  for (const status of Object.keys(codes).filter((code) => code !== '0' && code !== '2000')) {
    const { result } = await refund(`status=${status}&errormessage=text`)
    if (doubtful.includes(status)) expect(result).toMatchObject({ right: { result: { status: 'unknown' } } })
    else expect(errorOf(result)).toMatchObject({ effect: 'refused', vendor: { code: status } })
  }
})

test('is not sent at all where no connection was made', async () => {
  const { result } = await refund({ unsent: 'ECONNREFUSED' })
  expect(errorOf(result)).toMatchObject({ code: 'unreachable', effect: 'not_sent' })
})
