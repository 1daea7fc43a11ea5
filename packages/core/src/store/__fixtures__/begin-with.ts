import { deriveRecord } from '../../derivation/derive-record.ts'
import { bankSaying, fact, reportsOf } from '../../__fixtures__/bank.ts'
import { recordOf } from '../../__fixtures__/records.ts'
import type { Fact } from '../../record/fact.ts'
import type { RecordedIntent } from '../../record/intent.ts'
import { checkIntent } from '../intent-rules.ts'

export const credited = fact('deposit.credited', { evidence: ['credit'] })

/** The result of `checkIntent` for this intent in a payment with these intents and facts. */
export const begin = (
  { intent }: RecordedIntent,
  intents: readonly RecordedIntent[] = [],
  facts: readonly Fact[] = [],
) => {
  const record = recordOf(intents, { reports: reportsOf(facts) })
  const derived = deriveRecord(record, bankSaying(facts))
  return checkIntent({ intent, fingerprints: ['f'] }, null, record, derived)
}

export const sentence: string = expect.stringMatching(/\w \w.*\.$/s)

/** The code of a refusal, or the state of any other result. The message and hint of a refusal must be sentences. */
export const codeOf = (...args: Parameters<typeof begin>): string => {
  const result = begin(...args)
  if (result.state !== 'refused') return result.state
  expect([result.error.message, result.error.hint]).toEqual([sentence, sentence])
  return result.error.code
}

export const messageOf = (...args: Parameters<typeof begin>): string => {
  const result = begin(...args)
  return result.state === 'refused' ? result.error.message : ''
}
