import { type Fact, fold, foldPayout, type Observation, type RecordedIntent, type Thread } from '@railswitch/core'
import { credited, depositRecord, depositRef, record, refundRecord, said, threadOf } from '../__fixtures__/thread.ts'
import type { Notification } from './notification.ts'
import { deliveryId, observe } from './observe.ts'

const notification = (more: Partial<Notification> = {}): Notification => ({
  transactionid: '104900001',
  type: 'capture',
  errorcode: '0',
  timestamp: '1795166800',
  security: '0'.repeat(64),
  amount: '10.00',
  currency: 'EUR',
  orderid: 'trustly-0001',
  ...more,
})

const deposit = depositRecord()
const pending = threadOf([deposit])

/** In one word: the fact, then how far it is believed. */
const wordFor = ({ fact, trust }: Pick<Observation, 'fact' | 'trust'>): string => {
  const detail: string = fact.type === 'unexplained' || fact.type === 'deposit.not_credited' ? `:${fact.reason}` : ''
  return `${fact.type.replace('deposit.', '')}${detail} ${trust}`
}
const told = (
  more: Partial<Notification>,
  bound: boolean,
  thread: Thread = pending,
  subject: RecordedIntent | null = deposit,
) => wordFor(observe(notification(more))(thread, subject, bound))

const types = ['capture', 'chb', 'refund', 'cft', 'retrieval_request', 'invented_later'] as const
const errorcodes = ['0', '2000', '-5003', '-1315', '-5002', '-5004', '-5007', '-999', '-31337'] as const
const states = [undefined, 'not_credited_yet', 'credited', 'not_credited', 'reversed_later'] as const

/** protocol/payabl.md, section 4, for a capture of a pending deposit: type x errorcode x payment_state, with our token. */
const captures: Record<(typeof errorcodes)[number], readonly string[]> = {
  // no state            not_credited_yet          credited        not_credited               a state of the future
  '0': ['unrecognised', 'not_credited_yet', 'credited', 'not_credited:failed', 'unrecognised'],
  '2000': ['unrecognised', 'unrecognised', 'unrecognised', 'not_credited:failed', 'unrecognised'],
  '-5003': Array(5).fill('not_credited:abandoned'),
  '-1315': Array(5).fill('not_credited:expired'),
  '-5002': Array(5).fill('not_credited:declined'),
  '-5004': Array(5).fill('not_credited:declined'),
  '-5007': Array(5).fill('not_credited:failed'),
  '-999': Array(5).fill('not_credited:failed'),
  '-31337': Array(5).fill('not_credited:failed'),
}

describe('a capture, for a pending deposit', () => {
  const rows = errorcodes.flatMap((errorcode) =>
    states.map((payment_state, at) => ({ errorcode, payment_state, fact: captures[errorcode][at] ?? '' })),
  )

  test.each(rows)('with our token: errorcode $errorcode, payment_state $payment_state is $fact', (row) => {
    const { errorcode, payment_state, fact } = row
    expect(told({ errorcode, payment_state }, true)).toBe(`${fact} bound`)
  })

  test.each(rows)('found in the store: errorcode $errorcode, payment_state $payment_state', (row) => {
    const { errorcode, payment_state, fact } = row
    // `security` covers the transaction and the errorcode: a failure is proven, a state is not, and money is not.
    const isProven = errorcode !== '0' && errorcode !== '2000'
    expect(told({ errorcode, payment_state }, false)).toBe(`${fact} ${isProven ? 'signed' : 'claimed'}`)
  })

  test.each(rows)('of nothing we know: errorcode $errorcode, payment_state $payment_state', (row) => {
    const { errorcode, payment_state } = row
    expect(told({ errorcode, payment_state }, false, threadOf([]), null)).toBe('unexplained:unknown_payment claimed')
  })
})

/** The other types do not look at payment_state, which Trustly's page has for captures alone. */
const others: Record<
  Exclude<(typeof types)[number], 'capture'>,
  readonly [ok: string, pending: string, failed: string]
> = {
  chb: ['reversed', 'unrecognised', 'unrecognised'],
  refund: ['unexplained:unexpected_payout', 'unrecognised', 'unexplained:unexpected_credit'],
  cft: Array(3).fill('unexplained:unexpected_payout') as [string, string, string],
  retrieval_request: ['unrecognised', 'unrecognised', 'unrecognised'],
  invented_later: ['unrecognised', 'unrecognised', 'unrecognised'],
}

describe.each(types.filter((type) => type !== 'capture'))('a %s, for a credited deposit without refunds', (type) => {
  const [ok, waiting, failed] = others[type]
  const rows = errorcodes.flatMap((errorcode) =>
    states.map((payment_state) => ({
      errorcode,
      payment_state,
      fact: errorcode === '0' ? ok : errorcode === '2000' ? waiting : failed,
    })),
  )
  test.each(rows)(
    'errorcode $errorcode, payment_state $payment_state is $fact',
    ({ errorcode, payment_state, fact }) => {
      const paid = threadOf([deposit], [credited()])
      expect(told({ type, errorcode, payment_state }, true, paid)).toBe(`${fact} bound`)
      expect(told({ type, errorcode, payment_state }, false, paid)).toBe(`${fact} claimed`)
      expect(told({ type, errorcode, payment_state }, false, threadOf([]), null)).toBe(
        'unexplained:unknown_payment claimed',
      )
    },
  )
})

describe('money', () => {
  test('is what the notification says, in the deposit`s currency where it names none (the page lists no currency)', () => {
    const { fact, word } = observe(notification({ payment_state: 'credited', currency: undefined }))(
      pending,
      deposit,
      true,
    )
    expect([fact, word]).toEqual([
      { type: 'deposit.credited', amount: { value: '10.00', currency: 'EUR' } },
      { method: 'capture credited', amount: { value: '10.00', currency: 'EUR' } },
    ])
  })

  test.each([undefined, '1e3', '10.001'])('that cannot be read is nobody`s: amount %s', (amount) => {
    expect(told({ payment_state: 'credited', amount }, true)).toBe('unexplained:amount_differs bound')
    expect(told({ payment_state: 'not_credited_yet', amount }, true)).toBe('unrecognised bound')
    expect(told({ type: 'chb', amount }, true, threadOf([deposit], [credited()]))).toBe(
      'unexplained:amount_differs bound',
    )
  })

  test('without our token moves no state and needs a person', () => {
    const claim = observe(notification({ payment_state: 'credited' }))(pending, deposit, false)
    expect(fold(threadOf([deposit], [claim]))).toMatchObject({ state: 'pending', review: ['unsigned_money'] })
    const chargeback = observe(notification({ type: 'chb' }))(threadOf([deposit], [credited()]), deposit, false)
    expect(fold(threadOf([deposit], [credited(), chargeback]))).toMatchObject({
      state: 'credited',
      reversed: { value: '0.00', currency: 'EUR' },
      review: ['unsigned_money'],
    })
  })

  test('flipped to credited, with another amount, currency or order, is no credit without our token', () => {
    for (const more of [{ amount: '9999.00' }, { currency: 'SEK' }, { orderid: 'trustly-0002' }, {}]) {
      const claim = observe(notification({ payment_state: 'credited', ...more }))(pending, deposit, false)
      expect(fold(threadOf([deposit], [claim]))?.credited.value).toBe('0.00')
    }
  })
})

describe('a failure without our token', () => {
  const yet = said({ type: 'deposit.not_credited_yet', amount: { value: '10.00', currency: 'EUR' } }, { vendorId: '7' })
  const failed = (observations: readonly Observation[], transactionid: string) =>
    told({ errorcode: '-5002', transactionid }, false, threadOf([deposit], observations))

  test('is proven for a transaction that a believed callback of this deposit has told', () => {
    expect(failed([yet], '7')).toBe('not_credited:declined signed')
  })

  test('is a mere claim for any other', () => {
    expect(failed([yet], '8')).toBe('not_credited:declined claimed')
    expect(failed([{ ...yet, trust: 'claimed' }], '7')).toBe('not_credited:declined claimed')
    expect(failed([{ ...yet, subject: null }], '7')).toBe('not_credited:declined claimed')
  })
})

describe('a deposit that was credited', () => {
  const paid = threadOf([deposit], [credited()])

  test('is reversed by a later not_credited of the same transaction', () => {
    expect(told({ payment_state: 'not_credited' }, true, paid)).toBe('reversed bound')
  })

  test('is reversed by one of the same second that comes after it', () => {
    const at = String(Date.parse('2026-11-20T09:25:00Z') / 1000)
    expect(told({ payment_state: 'not_credited', timestamp: at }, true, paid)).toBe('reversed bound')
  })

  test('is not touched by a dead attempt`s not_credited', () => {
    expect(told({ payment_state: 'not_credited', transactionid: '104900009' }, true, paid)).toBe(
      'not_credited:failed bound',
    )
  })

  test('contradicts a not_credited from before the credit', () => {
    const before = String(Date.parse('2026-11-20T09:24:59Z') / 1000)
    expect(told({ payment_state: 'not_credited', timestamp: before }, true, paid)).toBe('not_credited:failed bound')
  })

  test('loses to a chargeback with an id of its own, whose money is the credited transaction`s', () => {
    const { vendorId } = observe(notification({ type: 'chb', transactionid: '7' }))(paid, deposit, true)
    expect(vendorId).toBe('104900001')
    const twice = threadOf([deposit], [credited(), credited('104900002')])
    expect(observe(notification({ type: 'chb', transactionid: '7' }))(twice, deposit, true).vendorId).toBe('7')
  })
})

describe('a refund', () => {
  const known = refundRecord('r-1', '4.00', ['105000001'])
  const other = refundRecord('r-2', '4.00')
  const thread = threadOf([deposit, known, other], [credited()])
  const factOf = (
    more: Partial<Notification>,
    bound: boolean,
    within = thread,
  ): Pick<Observation, 'fact' | 'trust'> => {
    const { fact, trust } = observe(notification({ type: 'refund', amount: '4.00', ...more }))(within, deposit, bound)
    return { fact, trust }
  }
  const leg = (type: 'refund.confirmed' | 'refund.failed', refund: 'r-1' | 'r-2' | null, ...candidates: string[]) => ({
    type,
    amount: { value: '4.00', currency: 'EUR' },
    refund: refund && `rs1.p.refund.${refund}.1`,
    candidates: candidates.map((reference) => `rs1.p.refund.${reference}.1`),
  })

  test('is the one whose id its answer told: security covers that', () => {
    expect(factOf({ transactionid: '105000001' }, false)).toEqual({
      fact: leg('refund.confirmed', 'r-1', 'r-1'),
      trust: 'signed',
    })
    expect(factOf({ transactionid: '105000001', errorcode: '-5007' }, false)).toEqual({
      fact: leg('refund.failed', 'r-1', 'r-1'),
      trust: 'signed',
    })
  })

  test('told with our token is bound by it', () => {
    expect(factOf({ transactionid: '105000001' }, true)).toEqual({
      fact: leg('refund.confirmed', 'r-1', 'r-1'),
      trust: 'bound',
    })
    expect(factOf({ transactionid: '105000001', amount: undefined }, true).trust).toBe('bound')
  })

  test('of another amount than was asked for needs a person', () => {
    expect(factOf({ transactionid: '105000001', amount: '5.00' }, true).fact).toEqual({
      type: 'unexplained',
      reason: 'amount_differs',
    })
  })

  test('under the deposit`s id is told by its amount, and of two equal ones is neither', () => {
    expect(factOf({}, true).fact).toEqual(leg('refund.confirmed', null, 'r-1', 'r-2'))
    expect(factOf({}, true, threadOf([deposit, other], [credited()])).fact).toEqual(
      leg('refund.confirmed', 'r-2', 'r-2'),
    )
  })

  test('under the deposit`s id is never a certain one, though one was recorded under that id', () => {
    const adopted = refundRecord('r-3', '5.00', ['104900001'])
    const within = threadOf([deposit, adopted, other], [credited()])
    expect(factOf({ errorcode: '-5007' }, true, within).fact).toEqual(leg('refund.failed', 'r-2', 'r-2'))
    expect(factOf({ errorcode: '-5007' }, false, within)).toEqual({
      fact: { type: 'unexplained', reason: 'unsigned_money' },
      trust: 'claimed',
    })
  })

  test('that failed under the deposit`s id gives nothing back without our token', () => {
    expect(factOf({ errorcode: '-5007' }, false)).toEqual({
      fact: { type: 'unexplained', reason: 'unsigned_money' },
      trust: 'claimed',
    })
  })
})

describe('the key of a delivery', () => {
  test('is the same for the same news told again at another time', () => {
    const again = notification({ payment_state: 'credited', timestamp: '1795999999', security: '1'.repeat(64) })
    expect(deliveryId(again)).toBe(deliveryId(notification({ payment_state: 'credited' })))
  })

  test('differs for two states of one second, which share their security (section 4)', () => {
    const keys = states.map((payment_state) => deliveryId(notification({ payment_state })))
    expect(new Set(keys).size).toBe(states.length)
  })

  test('differs for two refunds of different amounts under the deposit`s id', () => {
    expect(deliveryId(notification({ type: 'refund', amount: '1.00' }))).not.toBe(
      deliveryId(notification({ type: 'refund', amount: '2.00' })),
    )
  })

  test('differs for two refunds of one amount under the deposit`s id at different times', () => {
    expect(deliveryId(notification({ type: 'refund', amount: '1.00' }))).not.toBe(
      deliveryId(notification({ type: 'refund', amount: '1.00', timestamp: '1795999999' })),
    )
  })
})

describe('a failed refund under the deposit`s id that is told again at another time', () => {
  const failed = (timestamp: string) => notification({ type: 'refund', errorcode: '-5007', amount: '4.00', timestamp })
  const again = (...references: readonly string[]) => {
    const refunds = references.map((reference) => refundRecord(reference, '4.00'))
    const paid = said({ type: 'deposit.credited', amount: { value: '10.00', currency: 'EUR' } })
    const before = threadOf([deposit, ...refunds], [paid])
    const first = observe(failed('1795166400'))(before, deposit, true)
    const second = observe(failed('1795999999'))(threadOf(before.intents, [paid, first]), deposit, true)
    return { first, second }
  }

  test('is the same news where one refund fits', () => {
    const { first, second } = again('r-1')
    expect(second.fact).toEqual(first.fact)
  })

  test('is for a person where several fit, and gives nothing back by itself', () => {
    const { first, second } = again('r-1', 'r-2')
    expect(first.fact).toMatchObject({ type: 'refund.failed', refund: null })
    expect(second.fact).toEqual({ type: 'unexplained', reason: 'unexpected_credit' })
  })
})

test('an observation says when, where and in whose words', () => {
  expect(observe(notification({ payment_state: 'credited' }))(pending, deposit, true)).toEqual({
    id: '104900001|capture|0|credited',
    at: '2026-11-20T09:26:40.000Z',
    source: 'callback',
    vendorId: '104900001',
    trust: 'bound',
    subject: depositRef,
    fact: { type: 'deposit.credited', amount: { value: '10.00', currency: 'EUR' } } satisfies Fact,
    word: { method: 'capture credited', amount: { value: '10.00', currency: 'EUR' } },
  })
})

test('what the customer`s bank told stays out of what is kept', () => {
  const personal = { account_number: '69706212', account_holder: 'Åsa Öberg', bic: 'SWEDSESS', errormessage: 'Öberg' }
  const kept = observe(notification({ payment_state: 'credited', ...personal }))(pending, deposit, true)
  for (const value of Object.values(personal)) expect(JSON.stringify(kept)).not.toContain(value)
})

test('news of a refund whose subject is the refund is news of its deposit', () => {
  const refund = refundRecord('r-1', '4.00', ['105000001'])
  const { subject } = observe(notification({ type: 'refund', amount: '4.00', transactionid: '105000001' }))(
    threadOf([deposit, refund], [said({ type: 'deposit.credited', amount: { value: '10.00', currency: 'EUR' } })]),
    refund,
    false,
  )
  expect(subject).toBe(depositRef)
})

describe('a payout', () => {
  const payout = record({ kind: 'payout', reference: 'payout-0001', expect: { value: '25.00', currency: 'EUR' } }, [
    '104900002',
  ])
  const tell = (more: Partial<Notification>, bound: boolean) =>
    observe(notification({ type: 'cft', transactionid: '104900002', amount: '25.00', ...more }))(
      threadOf([payout]),
      payout,
      bound,
    )
  const rows = types.flatMap((type) =>
    errorcodes.flatMap((errorcode) => states.map((payment_state) => ({ type, errorcode, payment_state }))),
  )

  test.each(rows)(
    'type $type, errorcode $errorcode, payment_state $payment_state',
    ({ type, errorcode, payment_state }) => {
      const isOther = type === 'refund' || type === 'chb' || type === 'retrieval_request'
      const isUnderway = errorcode === '0' || errorcode === '2000'
      const fact = isOther ? 'unrecognised' : isUnderway ? 'payout.accepted' : 'payout.failed'
      expect(wordFor(tell({ type, errorcode, payment_state }, true))).toBe(`${fact} bound`)
      expect(wordFor(tell({ type, errorcode, payment_state }, false))).toBe(`${fact} ${isOther ? 'claimed' : 'signed'}`)
    },
  )

  test('is never paid by a callback: there is none of success', () => {
    for (const bound of [true, false]) {
      const seen = tell({ errorcode: '0', payment_state: 'credited' }, bound)
      expect(foldPayout(threadOf([payout], [seen]))?.state).toBe('accepted')
    }
  })

  test('that failed at the account`s own URL is believed by its transaction alone, in our amount', () => {
    const failed = tell({ errorcode: '-5008', amount: '9999.00', orderid: undefined }, false)
    expect(failed).toMatchObject({
      trust: 'signed',
      subject: 'rs1.p.payout.payout-0001.1',
      fact: { type: 'payout.failed', amount: { value: '25.00', currency: 'EUR' } },
    })
    expect(foldPayout(threadOf([payout], [failed]))).toMatchObject({ state: 'failed', review: [] })
  })

  test('is not failed by another transaction that merely names our order', () => {
    const forged = tell({ errorcode: '-5008', transactionid: '5', orderid: 'payout-0001' }, false)
    expect(forged.trust).toBe('claimed')
    expect(foldPayout(threadOf([payout], [forged]))?.state).toBe('unknown')
  })

  test('of another sum that failed is for a person', () => {
    const failed = tell({ errorcode: '-5008', amount: '20.00' }, true)
    expect(foldPayout(threadOf([payout], [failed]))).toMatchObject({ state: 'unknown', review: ['amount_differs'] })
  })
})
