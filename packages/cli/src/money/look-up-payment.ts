import { createRecordRules, isLeft, longestCallMs, notFound, paymentStateOf } from '@railswitch/core'
import type { Money } from 'railswitch'
import { withApplication } from '../application/open-application.ts'
import type { ApplicationOptions } from '../application/options.ts'
import { railProviders } from '../application/rail-providers.ts'
import { NegativeResult } from '../errors.ts'
import { plain } from '../output/plain.ts'
import { printResult } from '../output/print.ts'
import { painter } from '../output/style.ts'
import { table } from '../output/table.ts'
import { moneyText, timeText } from '../output/values.ts'
import type { Terminal } from '../terminal.ts'
import { configOf } from './money-result.ts'

/** What one vendor shows. */
interface RailLookUp {
  readonly rail: string
  readonly reports: readonly {
    readonly method: string
    readonly vendorId: string
    readonly at: string
    readonly money: Money | null
  }[]
  readonly absenceProves: boolean
  readonly failed: string | null
}

export const lookUpPayment = async (
  reference: string,
  { json, ...options }: ApplicationOptions & { readonly json?: true },
  terminal: Terminal,
): Promise<void> => {
  const { state, rails } = await withApplication(options, terminal, async (application) => {
    const record = await application.store().find(reference)
    if (!record)
      throw notFound({ message: `The payment ${reference} was not found.`, hint: 'Pass your own reference of it.' })
    const providers = railProviders(configOf(application))
    const derived = createRecordRules(providers).derive(record)
    const lookUps: RailLookUp[] = []
    for (const rail of new Set(record.intents.map(({ intent }) => intent.rail))) {
      const own = {
        ...record,
        intents: record.intents.filter(({ intent }) => intent.rail === rail),
        reports: record.reports.filter((report) => report.rail === rail),
      }
      const result = await providers.get(rail)?.lookUp?.(own, AbortSignal.timeout(longestCallMs))()
      lookUps.push(
        !result
          ? { rail, reports: [], absenceProves: false, failed: 'the rail is not configured, or has no look-up' }
          : isLeft(result)
            ? { rail, reports: [], absenceProves: false, failed: result.left.message }
            : {
                rail,
                reports: result.right.found.map(({ report: { method, vendorId, at, money = null } }) => ({
                  method,
                  vendorId,
                  at,
                  money,
                })),
                absenceProves: result.right.absenceProves,
                failed: result.right.failed?.message ?? null,
              },
      )
    }
    return { state: paymentStateOf(record, derived.facts)?.state ?? null, rails: lookUps }
  })
  printResult(terminal, {
    json,
    result: { reference, state, rails },
    toText: () =>
      `In the store, ${reference} is ${state ?? 'unknown'}.\n${rails.map((one) => lookUpText(one, terminal)).join('')}`,
  })
  if (rails.some(({ failed }) => failed !== null)) throw new NegativeResult()
}

const lookUpText = ({ rail, reports, absenceProves, failed }: RailLookUp, terminal: Terminal): string => {
  const paint = painter(terminal)
  const nothing = absenceProves
    ? `${rail} shows nothing. For this vendor, this proves that nothing happened.\n`
    : `${rail} shows nothing. This proves nothing:\nthe vendor may show the payment later, or never.\n`
  const rows = reports.map(({ method, vendorId, at, money }) => [
    timeText(at),
    plain(method),
    moneyText(money),
    plain(vendorId),
  ])
  return [
    failed === null ? '' : `${rail}: ${paint('bad', plain(failed))}\n`,
    reports.length > 0
      ? `${rail} shows:\n${table(rows, terminal, ['time (UTC)', 'report', 'money', 'vendor id'])}`
      : failed === null
        ? nothing
        : '',
  ].join('')
}
