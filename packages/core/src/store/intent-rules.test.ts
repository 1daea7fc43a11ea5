import { bankSaying, fact, reportsOf } from '../__fixtures__/bank.ts'
import {
  accepted,
  account,
  deposit,
  mandate,
  payout,
  recordOf,
  refOf,
  refund,
  refused,
  report,
  sek,
  unknown,
  withdrawal,
} from '../__fixtures__/records.ts'
import { deriveRecord } from '../derivation/derive-record.ts'
import type { PaymentErrorData } from '../errors/payment-error.ts'
import type { Fact } from '../record/fact.ts'
import type { Conclusion, RecordedIntent } from '../record/intent.ts'
import { begin, codeOf, credited, messageOf, sentence } from './__fixtures__/begin-with.ts'
import { checkIntent } from './intent-rules.ts'

const of = (one: RecordedIntent) => ({ intent: refOf(one) })

describe('a key that is already recorded', () => {
  const again = (recorded: RecordedIntent, fingerprints: readonly [string, ...string[]], asked = recorded) => {
    const record = recordOf([recorded])
    return checkIntent({ intent: asked.intent, fingerprints }, recorded, record, deriveRecord(record, bankSaying([])))
  }

  test.each<readonly [string, RecordedIntent, string]>([
    ['unanswered', deposit({ conclude: () => null }), 'resume'],
    ['of unknown outcome', payout({ conclude: unknown }), 'resume'],
    ['done', deposit(), 'done'],
    ['accepted', payout(), 'done'],
    ['refused', deposit({ conclude: refused }), 'refused'],
  ])('repeats the call that is %s', (_name, recorded, state) => {
    const result = again(recorded, ['f'])
    expect(result.state).toBe(state)
    if (result.state === 'done')
      expect(result).toEqual({
        state,
        recorded,
        result: recorded.conclusion && 'result' in recorded.conclusion && recorded.conclusion.result,
      })
    if (result.state === 'resume') expect(result).toEqual({ state, recorded, record: recordOf([recorded]) })
    if (result.state === 'refused') expect(result.error).toMatchObject({ code: 'declined', effect: 'refused' })
  })

  test('says that a refusal is the recorded one, and which attempt begins anew', () => {
    const hint = (attempt: number, retry: PaymentErrorData['retry'] = 'next_attempt') => {
      const recorded = deposit({ attempt, conclude: refused })
      const conclusion = recorded.conclusion as Extract<Conclusion, { state: 'refused' }>
      const result = again({ ...recorded, conclusion: { ...conclusion, error: { ...conclusion.error, retry } } }, ['f'])
      return result.state === 'refused' ? result.error.hint : ''
    }
    expect(hint(1)).toMatch(
      /^.+ This is the recorded response to attempt 1: nothing was sent this time\. When .* `attempt: 2` /,
    )
    expect(hint(2)).toMatch(/response to attempt 2: .* `attempt: 3` /)
    expect(hint(1, 'never')).toMatch(/recorded response to attempt 1: nothing was sent this time\.$/)
    expect(hint(99)).toMatch(/recorded response to attempt 99: nothing was sent this time\.$/)
  })

  describe('of unknown outcome, about which a person has decided', () => {
    const recorded = payout({ conclude: unknown })
    const ref = refOf(recorded)
    const decidedAs = (outcome: 'failed' | 'confirmed', ...facts: readonly Fact[]) => {
      const decision = { intent: ref, proof: 'person', vendorId: '', money: sek('100.00') } as const
      const record = recordOf([recorded], {
        reports: [report('p', `person:${outcome}`, decision), ...reportsOf(facts)],
      })
      const derived = deriveRecord(record, bankSaying(facts))
      return checkIntent({ intent: recorded.intent, fingerprints: ['f'] }, recorded, record, derived)
    }

    test('is not sent again when it failed: the application has taken the money back', () => {
      expect(decidedAs('failed')).toMatchObject({
        state: 'refused',
        error: {
          code: 'conflict',
          effect: 'not_sent',
          retry: 'next_attempt',
          message: expect.stringContaining('A person decided that attempt 1 of payout out-1 failed'),
          hint: expect.stringContaining('`attempt: 2`'),
        },
      })
    })

    test('is sent again when a person has only closed a review, and the vendor reports that it failed', () => {
      const failed = fact('payout.failed', { intent: ref, amount: sek('100.00') })
      const closed = report('c', 'resolved', { intent: ref, proof: 'person', vendorId: '' })
      const record = recordOf([recorded], { reports: [closed, ...reportsOf([failed])] })
      const derived = deriveRecord(record, bankSaying([failed]))
      expect(derived.state).toMatchObject({ state: 'failed' })
      const again = checkIntent({ intent: recorded.intent, fingerprints: ['f'] }, recorded, record, derived)
      expect(again).toMatchObject({ state: 'resume' })
    })

    test('has its result when it was confirmed', () => {
      expect(decidedAs('confirmed')).toEqual({
        state: 'done',
        recorded,
        result: { status: 'accepted', payment: ref },
      })
    })

    test('has its result when the vendor has contradicted the decision', () => {
      const contradicted = fact('payout.confirmed', { intent: ref, source: 'vendor', amount: sek('100.00') })
      expect(decidedAs('failed', contradicted)).toMatchObject({ state: 'done', result: { status: 'accepted' } })
    })
  })

  test('matches any of the fingerprints, and conflicts with another one', () => {
    expect(again(deposit(), ['new', 'f']).state).toBe('done')
    expect(again(deposit(), ['new', 'newer'])).toMatchObject({
      state: 'refused',
      error: {
        code: 'conflict',
        effect: 'not_sent',
        retry: 'next_attempt',
        message: expect.stringMatching(/already used by another deposit request: its amount is the same, .*secret/),
        hint: sentence,
      },
    })
  })

  test('a conflict names what differs, if it is stored', () => {
    const message = (asked: RecordedIntent, recorded = asked) => {
      const result = again(recorded, ['other'], asked)
      return result.state === 'refused' ? result.error.message : ''
    }
    const other = deposit()
    const amount = { value: '1.00', currency: 'SEK' }
    expect(message({ ...other, intent: { ...other.intent, expect: amount } }, other)).toMatch(
      /: its `amount` is [\d.]+ SEK, not 1\.00 SEK\.$/,
    )
    const paid = payout()
    const from = { ...paid.intent, account: refOf(other) }
    expect(message({ ...paid, intent: from }, paid)).toMatch(/: the payment whose account it uses is another one\.$/)
  })

  test('refuses a reference that another payment uses, whatever the attempt', () => {
    expect(again(deposit(), ['f'], deposit({ attempt: 2 }))).toMatchObject({
      state: 'refused',
      error: {
        code: 'conflict',
        retry: 'never',
        message: 'Reference order-1 is already used by a deposit of another payment.',
        hint: sentence,
      },
    })
  })
})

describe('a deposit', () => {
  const next = deposit({ attempt: 2 })

  test.each<readonly [string, readonly RecordedIntent[], readonly Fact[], string]>([
    ['of a new reference begins', [], [], 'new'],
    ['begins again while the first is pending', [deposit()], [], 'new'],
    ['begins again after the first ended', [deposit()], [fact('deposit.not_credited')], 'new'],
    ['begins again after the first was refused', [deposit({ conclude: refused })], [], 'new'],
    [
      'begins again after the first was reversed',
      [deposit()],
      [credited, fact('deposit.reversed', { evidence: ['back'] })],
      'new',
    ],
    ['does not begin again while the money may come', [deposit()], [fact('deposit.not_credited_yet')], 'conflict'],
    ['does not begin again once it is credited', [deposit()], [credited], 'conflict'],
    [
      'does not begin again after a wrong amount was credited',
      [deposit()],
      [fact('deposit.credited', { amount: { value: '1.00', currency: 'SEK' } })],
      'conflict',
    ],
    [
      'does not begin again while a part of its money is still here',
      [deposit()],
      [credited, fact('deposit.reversed', { evidence: ['back'], amount: { value: '40.00', currency: 'SEK' } })],
      'conflict',
    ],
    [
      'does not begin again while a part of a wrong amount is still here',
      [deposit()],
      [
        fact('deposit.credited', { amount: { value: '90.00', currency: 'SEK' } }),
        fact('deposit.reversed', { evidence: ['back'], amount: { value: '40.00', currency: 'SEK' } }),
      ],
      'conflict',
    ],
    [
      'does not begin after a chargeback that came before its credit: the rest of the money is there',
      [deposit()],
      [fact('deposit.reversed', { evidence: ['back'], amount: { value: '40.00', currency: 'SEK' } })],
      'conflict',
    ],
    [
      'does not begin while a part was taken back and it is not known whether the rest was refunded',
      [deposit(), refund('r-1', { value: '60.00', conclude: unknown })],
      [credited, fact('deposit.reversed', { evidence: ['back'], amount: { value: '40.00', currency: 'SEK' } })],
      'conflict',
    ],
    [
      'begins when all of the money was taken back, even before its credit',
      [deposit()],
      [fact('deposit.reversed', { evidence: ['back'], amount: { value: '100.00', currency: 'SEK' } })],
      'new',
    ],
    [
      'does not begin while one of two payments may come, though the other was taken back',
      [deposit()],
      [
        fact('deposit.not_credited_yet', { evidence: ['approved'], vendorId: 'tx-2' }),
        credited,
        fact('deposit.reversed', { evidence: ['back'] }),
      ],
      'conflict',
    ],
    [
      'does not begin while the customer has approved one whose call was refused',
      [deposit({ conclude: refused })],
      [fact('deposit.not_credited_yet', { evidence: ['approved'] })],
      'conflict',
    ],
    [
      'begins when one whose call was refused was approved and has ended',
      [deposit({ conclude: refused })],
      [fact('deposit.not_credited_yet', { evidence: ['approved'] }), fact('deposit.not_credited')],
      'new',
    ],
    ['does not begin under the reference of a payout', [payout()], [], 'conflict'],
    ['does not begin under the reference of an account', [account()], [], 'conflict'],
    ['does not begin while a rail is missing', [deposit({ rail: 'gone' })], [], 'rail_missing'],
  ])('%s', (_name, intents, facts, code) => {
    expect(codeOf(next, intents, facts)).toBe(code)
  })

  test('has one currency for all attempts', () => {
    const euros = { ...next, intent: { ...next.intent, expect: { value: '100.00', currency: 'EUR' } } }
    expect(codeOf(euros, [deposit()])).toBe('conflict')
    expect(messageOf(euros, [deposit()])).toBe('All attempts of a reference have the same currency.')
  })

  // The customer fills the basket and pays the checkout of the time when it was cheap.
  test('has one amount for all attempts whose checkout may be paid', () => {
    const more = { ...next, intent: { ...next.intent, expect: { value: '900.00', currency: 'SEK' } } }
    expect(codeOf(more, [deposit()])).toBe('conflict')
    expect(messageOf(more, [deposit()])).toContain('Attempt 1 of order-1 is of 100.00 SEK')
    expect(codeOf(more, [deposit()], [fact('deposit.not_credited')])).toBe('conflict')
    expect(codeOf(more, [deposit({ conclude: refused })])).toBe('new')
  })

  test('is refused with a reason', () => {
    expect(messageOf(next, [deposit()], [credited])).toContain('order-1 is already credited')
    const partly = fact('deposit.reversed', { evidence: ['back'], amount: { value: '40.00', currency: 'SEK' } })
    expect(messageOf(next, [deposit()], [credited, partly])).toContain('order-1 still holds 60.00 SEK')
    expect(messageOf(next, [payout()])).toBe('Reference order-1 is already used by a payout.')
    expect(messageOf(next, [deposit({ rail: 'gone' })])).toBe('Rail gone, on which order-1 began, is not configured.')
  })
})

describe('a charge', () => {
  const chosen = refOf(account())
  const charge = (recording: Parameters<typeof deposit>[0] = {}) => deposit({ account: chosen, ...recording })
  const next = charge({ attempt: 2 })

  test.each<readonly [string, RecordedIntent, readonly Fact[], string]>([
    ['is pending', charge({ conclude: accepted }), [], 'conflict'],
    ['is unanswered', charge({ conclude: () => null }), [], 'conflict'],
    ['failed', charge({ conclude: accepted }), [fact('deposit.not_credited')], 'new'],
    ['was refused', charge({ conclude: refused }), [], 'new'],
    [
      'was reversed',
      charge({ conclude: accepted }),
      [credited, fact('deposit.reversed', { evidence: ['back'] })],
      'new',
    ],
  ])('whose first attempt %s', (_name, one, facts, code) => {
    expect(codeOf(next, [one], facts)).toBe(code)
  })

  test('that is open also prevents a checkout', () => {
    expect(codeOf(deposit({ attempt: 2 }), [charge()])).toBe('conflict')
    expect(messageOf(deposit({ attempt: 2 }), [charge()])).toContain('An earlier charge of order-1 may still succeed')
  })
})

describe('money out', () => {
  const [one, two] = [payout(), payout({ attempt: 2 })]
  const reported = (type: 'payout.failed' | 'payout.confirmed' | 'payout.accepted', evidence = type) =>
    fact(type, { ...of(one), evidence: [evidence] })

  test.each<readonly [string, RecordedIntent, readonly Fact[], string]>([
    ['was accepted', one, [], 'conflict'],
    ['is unanswered', payout({ conclude: () => null }), [], 'conflict'],
    ['is unknown', payout({ conclude: unknown }), [], 'conflict'],
    ['is confirmed', one, [reported('payout.confirmed')], 'conflict'],
    ['failed', one, [reported('payout.failed')], 'new'],
    ['came back', one, [reported('payout.confirmed'), reported('payout.failed')], 'new'],
    ['was refused', payout({ conclude: refused }), [], 'new'],
    ['was refused and is confirmed', payout({ conclude: refused }), [reported('payout.confirmed')], 'conflict'],
    [
      'was refused and is shown by the vendor',
      payout({ conclude: refused }),
      [reported('payout.accepted')],
      'conflict',
    ],
  ])('begins again when the first attempt %s', (_name, first, facts, code) => {
    expect(codeOf(two, [first], facts)).toBe(code)
  })

  test('begins again only if every earlier attempt has failed', () => {
    expect(codeOf(payout({ attempt: 3 }), [one, two], [reported('payout.failed')])).toBe('conflict')
    expect(messageOf(two, [one])).toBe('An earlier attempt of payout out-1 is accepted: a second one could pay twice.')
  })

  test('of a withdrawal begins again while its customer chooses, and not after the money was requested', () => {
    const [first, second] = [withdrawal(), withdrawal({ attempt: 2 })]
    expect(codeOf(second, [first])).toBe('new')
    expect(codeOf(second, [first], [fact('withdrawal.requested', of(first))])).toBe('conflict')
    expect(codeOf(second, [one])).toBe('conflict')
  })

  test('an account can be requested again until it is received', () => {
    const [first, second] = [account(), account({ attempt: 2 })]
    expect(codeOf(second, [first])).toBe('new')
    expect(codeOf(second, [first], [fact('account.not_received', { ...of(first), reason: 'failed' })])).toBe('new')
    expect(codeOf(second, [first], [fact('account.received', { ...of(first), account: '8', mandate: null })])).toBe(
      'conflict',
    )
  })
})

describe('a mandate', () => {
  const [first, second] = [mandate(), mandate({ attempt: 2 })]
  const importedMandate = (recording: Parameters<typeof mandate>[0] = {}) =>
    mandate({ account: refOf(account()), ...recording })
  const is = (type: 'mandate.pending' | 'mandate.active', account = '8'): Fact => fact(type, { ...of(first), account })
  const moved = fact('mandate.moved', { ...of(first), account: '8', to: null })
  const revoked = fact('mandate.revoked', { ...of(first), reason: 'cancelled' })

  test.each<readonly [string, RecordedIntent, readonly Fact[], string]>([
    ['was not signed', first, [], 'new'],
    ['is unanswered', mandate({ conclude: () => null }), [], 'new'],
    ['was refused', mandate({ conclude: refused }), [], 'new'],
    ['is signed', first, [is('mandate.pending')], 'conflict'],
    ['is active', first, [is('mandate.active')], 'conflict'],
    ['is moved', first, [moved], 'conflict'],
    ['is revoked', first, [is('mandate.active'), revoked], 'new'],
    ['is imported', importedMandate({ conclude: accepted }), [], 'conflict'],
    ['may have been imported', importedMandate({ conclude: () => null }), [], 'conflict'],
    ['was not imported', importedMandate({ conclude: refused }), [], 'new'],
  ])('is requested again when the first attempt %s', (_name, one, facts, code) => {
    expect(codeOf(second, [one], facts)).toBe(code)
  })

  test('has a reference of its own', () => {
    expect(codeOf({ ...second, intent: { ...second.intent, reference: 'account-1' } }, [account()])).toBe('conflict')
  })
})

describe('an imported attempt, which began elsewhere', () => {
  const imported = (one: RecordedIntent): RecordedIntent => ({ ...one, intent: { ...one.intent, imported: true } })

  test.each<readonly [string, RecordedIntent, RecordedIntent, readonly Fact[]]>([
    ['of a payout is recorded while another one is open', payout({ attempt: 2 }), payout(), []],
    ['of a deposit is recorded while another one is credited', deposit({ attempt: 2 }), deposit(), [credited]],
    [
      'of a charge is recorded while another one is open',
      deposit({ attempt: 2, account: refOf(account()) }),
      deposit({ account: refOf(account()), conclude: accepted }),
      [],
    ],
  ])('%s', (_name, next, first, facts) => {
    expect(codeOf(next, [first], facts)).toBe('conflict')
    expect(codeOf(imported(next), [first], facts)).toBe('new')
  })

  test('still has the kind and the currency of its reference', () => {
    const inEuros = deposit({ attempt: 2 })
    const euro = { value: '1.00', currency: 'EUR' }
    expect(codeOf(imported({ ...inEuros, intent: { ...inEuros.intent, expect: euro } }), [deposit()])).toBe('conflict')
    expect(codeOf(imported(payout({ attempt: 2 })), [deposit()])).toBe('conflict')
  })
})

test('an intent of an empty record begins, and a refused one is not sent', () => {
  expect(begin(deposit())).toEqual({ state: 'new' })
  expect(begin(deposit({ attempt: 2 }), [deposit()], [credited])).toMatchObject({
    error: { effect: 'not_sent', retry: 'never' },
  })
})
