import { createRecordRules, isLeft, longestCallMs, notFound, paymentStateOf } from '@railswitch/core'
import type { Money } from 'railswitch'
import { NegativeResult } from '../errors.ts'
import { plain } from '../output/plain.ts'
import { printResult } from '../output/print.ts'
import { painter } from '../output/style.ts'
import { table } from '../output/table.ts'
import { moneyText, timeText } from '../output/values.ts'
import { withShop } from '../shop/open-shop.ts'
import type { ShopOptions } from '../shop/options.ts'
import { railProviders } from '../shop/rail-providers.ts'
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
  { json, ...options }: ShopOptions & { readonly json?: true },
  terminal: Terminal,
): Promise<void> => {
  const { state, rails } = await withShop(options, terminal, async (shop) => {
    const record = await shop.store().find(reference)
    if (!record)
      throw notFound({ message: `The payment ${reference} was not found.`, hint: 'Pass your own reference of it.' })
    const providers = railProviders(configOf(shop))
    const derived = createRecordRules(providers).derive(record)
    const looked: RailLookUp[] = []
    for (const rail of new Set(record.intents.map(({ intent }) => intent.rail))) {
      const own = {
        ...record,
        intents: record.intents.filter(({ intent }) => intent.rail === rail),
        reports: record.reports.filter((report) => report.rail === rail),
      }
      const result = await providers.get(rail)?.lookUp?.(own, AbortSignal.timeout(longestCallMs))()
      looked.push(
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
    return { state: paymentStateOf(record, derived.facts)?.state ?? null, rails: looked }
  })
  printResult(terminal, {
    json,
    result: { reference, state, rails },
    toText: () =>
      `${reference} is ${state ?? 'unknown'} here.\n${rails.map((one) => lookUpText(one, terminal)).join('')}`,
  })
  if (rails.some(({ failed }) => failed !== null)) throw new NegativeResult()
}

const lookUpText = ({ rail, reports, absenceProves, failed }: RailLookUp, terminal: Terminal): string => {
  const paint = painter(terminal)
  const nothing = absenceProves
    ? `${rail} shows nothing, which proves that nothing happened.\n`
    : `${rail} shows nothing, which proves nothing: it may show it later, or never.\n`
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
