import { fact } from '../__fixtures__/bank.ts'
import { deposit, payout, refOf, refund, refused, unknown } from '../__fixtures__/records.ts'
import type { Fact } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import { codeOf, credited, messageOf } from './__fixtures__/begin-with.ts'

describe('a refund', () => {
  const whole = (value = '100.00') => refund('r-1', { value })
  const other = refund('r-0')
  const named = { refund: refOf(other), candidates: [refOf(other)] }

  test.each<readonly [string, RecordedIntent, readonly RecordedIntent[], readonly Fact[], string]>([
    ['of everything that is credited begins', whole(), [], [credited], 'new'],
    ['of more than is credited does not begin', whole('100.01'), [], [credited], 'exceeds_refundable'],
    ['of a deposit that is not credited does not begin', whole('0.01'), [], [], 'exceeds_refundable'],
    ['of the rest after another refund begins', whole('70.00'), [other], [credited], 'new'],
    [
      'of more than the rest after another refund does not begin',
      whole('70.01'),
      [other],
      [credited],
      'exceeds_refundable',
    ],
    [
      'counts a refund without a response',
      whole('70.01'),
      [refund('r-0', { conclude: () => null })],
      [credited],
      'exceeds_refundable',
    ],
    [
      'counts a refund whose outcome is unknown',
      whole('70.01'),
      [refund('r-0', { conclude: unknown })],
      [credited],
      'exceeds_refundable',
    ],
    ['does not count a refund that was refused', whole(), [refund('r-0', { conclude: refused })], [credited], 'new'],
    [
      'counts a refund that was refused and is confirmed',
      whole('70.01'),
      [refund('r-0', { conclude: refused })],
      [credited, fact('refund.confirmed', { ...named, evidence: ['s'] })],
      'exceeds_refundable',
    ],
    [
      'does not count a refund that failed',
      whole(),
      [other],
      [credited, fact('refund.failed', { ...named, evidence: ['f'] })],
      'new',
    ],
    [
      'of the rest after a reversal begins',
      whole('60.00'),
      [],
      [credited, fact('deposit.reversed', { evidence: ['b'], amount: { value: '40.00', currency: 'SEK' } })],
      'new',
    ],
    [
      'of more than the rest after a reversal does not begin',
      whole('60.01'),
      [],
      [credited, fact('deposit.reversed', { evidence: ['b'], amount: { value: '40.00', currency: 'SEK' } })],
      'exceeds_refundable',
    ],
  ])('%s', (_name, asked, refunds, facts, code) => {
    expect(codeOf(asked, [deposit(), ...refunds], facts)).toBe(code)
  })

  test('is refused with the amount that can be refunded', () => {
    expect(messageOf(whole('100.01'), [deposit(), other], [credited])).toBe(
      'At most 70.00 SEK of this deposit can be refunded now.',
    )
  })

  test('uses the money of the attempt that was credited, in its currency', () => {
    const again = deposit({ attempt: 2 })
    expect(codeOf(refund('r-1', { of: refOf(again) }), [deposit(), again], [credited])).toBe('exceeds_refundable')
    const euros = { ...other, intent: { ...other.intent, expect: { value: '1.00', currency: 'EUR' } } }
    expect(codeOf(euros, [deposit()], [credited])).toBe('exceeds_refundable')
  })

  test('of a deposit that is not known is not found', () => {
    expect(codeOf(other)).toBe('not_found')
    expect(codeOf(refund('r-1', { of: refOf(deposit({ attempt: 9 })) }), [deposit()], [credited])).toBe('not_found')
    expect(codeOf(refund('r-1', { of: refOf(payout()) }), [payout()])).toBe('not_found')
  })

  test.each<readonly [string, RecordedIntent, readonly Fact[], string]>([
    ['is accepted', other, [], 'conflict'],
    ['is unknown', refund('r-0', { conclude: unknown }), [], 'conflict'],
    ['failed', other, [fact('refund.failed', { ...named, evidence: ['f'] })], 'new'],
    [
      'came back',
      other,
      [fact('refund.confirmed', { ...named, evidence: ['s'] }), fact('refund.failed', { ...named, evidence: ['f'] })],
      'new',
    ],
    ['was refused', refund('r-0', { conclude: refused }), [], 'new'],
    [
      'was refused and is confirmed',
      refund('r-0', { conclude: refused }),
      [fact('refund.confirmed', { ...named, evidence: ['s'] })],
      'conflict',
    ],
  ])('begins again when its first attempt %s', (_name, first, facts, code) => {
    expect(codeOf(refund('r-0', { attempt: 2 }), [deposit(), first], [credited, ...facts])).toBe(code)
  })
})

test('an imported attempt of a refund is recorded while an earlier one is open, within what is credited', () => {
  const imported = (value: string): RecordedIntent => {
    const second = refund('r-1', { attempt: 2, value })
    return { ...second, intent: { ...second.intent, imported: true } }
  }
  const first = refund('r-1', { value: '30.00' })
  expect(codeOf(refund('r-1', { attempt: 2, value: '30.00' }), [deposit(), first], [credited])).toBe('conflict')
  expect(codeOf(imported('30.00'), [deposit(), first], [credited])).toBe('new')
  expect(codeOf(imported('80.00'), [deposit(), first], [credited])).toBe('exceeds_refundable')
  // The refund was sent before the bank took money back: refused, it would be sent again.
  const back = fact('deposit.reversed', { evidence: ['back'], amount: { value: '60.00', currency: 'SEK' } })
  expect(codeOf(refund('r-2', { value: '50.00' }), [deposit()], [credited, back])).toBe('exceeds_refundable')
  expect(codeOf(imported('100.00'), [deposit()], [credited, back])).toBe('new')
  expect(codeOf(imported('80.00'), [deposit(), first], [credited, back])).toBe('exceeds_refundable')
  // A restored backup may not contain the credit. A refund that is not recorded could be sent again when the credit arrives.
  for (const facts of [[], [fact('deposit.not_credited')]]) {
    expect(codeOf(imported('30.00'), [deposit()], facts)).toBe('new')
    expect(codeOf(imported('100.01'), [deposit()], facts)).toBe('exceeds_refundable')
  }
})
