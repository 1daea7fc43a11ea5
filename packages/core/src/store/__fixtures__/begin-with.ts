import { deriveRecord } from '../../derivation/derive-record.ts'
import { bankSaying, fact, reportsOf } from '../../__fixtures__/bank.ts'
import { recordOf } from '../../__fixtures__/records.ts'
import type { Fact } from '../../record/fact.ts'
import type { RecordedIntent } from '../../record/intent.ts'
import { checkIntent } from '../intent-rules.ts'

export const credited = fact('deposit.credited', { evidence: ['credit'] })

/** The result for an intent that asks to begin in a payment with these intents and facts. */
export const begin = (asked: RecordedIntent, intents: readonly RecordedIntent[] = [], facts: readonly Fact[] = []) => {
  const record = recordOf(intents, { reports: reportsOf(facts) })
  const derived = deriveRecord(record, bankSaying(facts))
  return checkIntent({ intent: asked.intent, fingerprints: ['f'] }, null, record, derived)
}

export const sentence: string = expect.stringMatching(/\w \w.*\.$/s)

/** The code of a refusal, or the state of any other result. A refusal says in sentences what is wrong and what to do. */
export const codeOf = (...given: Parameters<typeof begin>): string => {
  const result = begin(...given)
  if (result.state !== 'refused') return result.state
  expect([result.error.message, result.error.hint]).toEqual([sentence, sentence])
  return result.error.code
}

export const messageOf = (...given: Parameters<typeof begin>): string => {
  const result = begin(...given)
  return result.state === 'refused' ? result.error.message : ''
}
