import { fold, isLeft, type OpenWork, type PaymentRef, parsePaymentRef, type Thread } from '@railswitch/core'
import { keep, signalOfLookUp } from './look-up.ts'
import { after, waitAgain } from './schedule.ts'
import type { Part, Settling } from './settling.ts'

/** How soon a vendor's listing shows what its callback has told is not published. */
const visibleMs = 60 * 60_000
/** A vendor that shows nothing for this long will show nothing. */
const givenUpMs = 7 * 86_400_000

/** Credits that no signature covers are looked up once; a difference is a person's to judge, and takes nothing back. */
export const checkCredits = async <Tx>(settling: Settling<Tx>, { thread }: OpenWork): Promise<Part> => {
  if (!settling.crossCheck) return { next: null }
  const now = settling.now()
  const waits: string[] = []
  for (const { ref, state } of fold(thread)?.attempts ?? []) {
    const rail = parsePaymentRef(ref)?.rail ?? ''
    const provider = settling.rails.get(rail)
    if (state !== 'credited' || !provider?.crossCheck || isChecked(thread, ref)) continue
    const creditedAt = creditOf(thread, ref)?.at ?? now.toISOString()
    const due = after(creditedAt, visibleMs)
    if (due > now.toISOString()) {
      waits.push(due)
      continue
    }
    const checked = await provider.crossCheck(thread, ref, signalOfLookUp())()
    if (isLeft(checked)) settling.logger.warn({ rail, code: checked.left.code }, 'cross-check failed')
    else if (checked.right) await keep(settling, rail, checked.right, thread)
    const isDone = !isLeft(checked) && checked.right !== null
    if (!isDone && now.toISOString() < after(creditedAt, givenUpMs)) waits.push(waitAgain(now, creditedAt, visibleMs))
  }
  return { next: waits.sort()[0] ?? null }
}

const isChecked = ({ observations }: Thread, deposit: PaymentRef): boolean =>
  observations.some(
    ({ subject, fact }) =>
      subject === deposit &&
      (fact.type === 'deposit.checked' || (fact.type === 'unexplained' && fact.reason === 'lookup_differs')),
  )

const creditOf = ({ observations }: Thread, deposit: PaymentRef) =>
  observations.find(({ subject, fact }) => subject === deposit && fact.type === 'deposit.credited')
