import type { ParsedReport } from '@railswitch/core/provider'
import { toMoney } from '../wire/money.ts'
import type { Payin, Payout, Refund } from '../wire/objects.ts'
import { writeReversals } from '../wire/reversals.ts'
import type { Notification } from './notification.ts'

/**
 * Callbacks and look-ups return the same objects, so both have the same reports: one for each version of an object. `now`: the time of
 * receipt, for an object without a readable time.
 */
export const payinReport = (payin: Payin, now: Date): ParsedReport => {
  const { id, version, status, credited, amount, currency, reversals, endedBecause } = payin
  return {
    ...versionOf(payin, now),
    vendorId: id,
    method: `payin.${status}`,
    money: toMoney(credited > 0 ? credited : amount, currency),
    members: {
      version: String(version),
      credited: String(credited),
      ...(reversals && reversals.length > 0 && { reversals: writeReversals(reversals) }),
      ...(endedBecause && { endedBecause: endedBecause.slice(0, 40) }),
    },
  }
}

export const refundReport = (refund: Refund, now: Date): ParsedReport => ({
  ...versionOf(refund, now),
  vendorId: refund.id,
  method: `refund.${refund.status}`,
  money: toMoney(refund.amount, refund.currency),
  members: { version: String(refund.version) },
})

export const payoutReport = (payout: Payout, now: Date): ParsedReport => ({
  ...versionOf(payout, now),
  vendorId: payout.id,
  method: `payout.${payout.status}`,
  money: toMoney(payout.amount, payout.currency),
  members: { version: String(payout.version) },
})

const versionOf = ({ id, version, updatedAt }: Payin | Refund | Payout, now: Date) => ({
  id: `${id}|${version}`,
  at: timeOf(updatedAt, now),
})

const timeOf = (text: string | null | undefined, now: Date): string => {
  const time = Date.parse(text ?? '')
  return (Number.isNaN(time) ? now : new Date(time)).toISOString()
}

export const toReport = (notification: Notification, now: Date): ParsedReport => {
  switch (notification.type) {
    case 'payin.updated':
      return payinReport(notification.payin, now)
    case 'payout.updated':
      return payoutReport(notification.payout, now)
    case 'other': {
      const { id, name, createdAt, data } = notification
      const vendorId = typeof data.id === 'string' && /^\w{1,63}$/.test(data.id) ? data.id : id
      return { id: `callback|${id}`, at: timeOf(createdAt, now), vendorId, method: `callback.${name}`, members: {} }
    }
  }
}

/** Our id as Meridian echoes it. */
export const merchantReferenceOf = (notification: Notification): string | null => {
  switch (notification.type) {
    case 'payin.updated':
      return notification.payin.reference ?? null
    case 'payout.updated':
      return notification.payout.reference ?? null
    case 'other':
      return typeof notification.data.reference === 'string' ? notification.data.reference : null
  }
}
