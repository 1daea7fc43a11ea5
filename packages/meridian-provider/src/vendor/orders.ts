import { type Account, type Payin, type Payout, type Refund, refundableOf } from './books.ts'
import type { BankPorts, Deliveries } from './deliveries.ts'
import { Refusal, readAccountHolder, readMoney, readObject, readReturnUrls, readText } from './request-members.ts'

const dayMs = 86_400_000

/** What the orders of all accounts need. */
export interface OrderDependencies extends Pick<BankPorts, 'now' | 'after'> {
  readonly deliveries: Deliveries
  /** The address of the checkout pages. */
  readonly checkoutUrl: () => string
}

/** Opens orders and changes them. Each change of a payin or payout is reported. */
export const createOrders = ({ now, after, deliveries, checkoutUrl }: OrderDependencies) => {
  let opened = 0
  const newId = (prefix: string): string => {
    opened += 1
    return `${prefix}_${String(opened).padStart(8, '0')}`
  }
  const changed = (order: Payin | Payout | Refund): void => {
    order.version += 1
    order.updatedAt = now().toISOString()
  }
  const report = (account: Account, type: 'payin.updated' | 'payout.updated', order: Payin | Payout): Promise<void> =>
    deliveries.send(account, account.details.get(order.id)?.callbackUrl ?? '', { type, data: { ...order } })

  const changePayin = async (account: Account, payin: Payin, change: Partial<Payin>): Promise<void> => {
    Object.assign(payin, change)
    changed(payin)
    await report(account, 'payin.updated', payin)
  }

  const end = async (account: Account, payin: Payin, endedBecause: Payin['endedBecause']): Promise<void> => {
    if (payin.status === 'open' || payin.status === 'approved')
      await changePayin(account, payin, { status: 'ended', endedBecause })
  }

  return {
    openPayin: (account: Account, body: unknown): Payin => {
      const members = readObject(body)
      const reference = readReference(members.reference, account.payins)
      const { amount, currency } = readMoney(members)
      const customer = readObject(members.customer)
      if (account.refuses.customers) throw new Refusal(422, 'customer_blocked')
      const id = newId('pi')
      const payin: Payin = {
        id,
        version: 1,
        reference,
        status: 'open',
        amount,
        currency,
        credited: 0,
        reversals: [],
        endedBecause: null,
        updatedAt: now().toISOString(),
        checkoutUrl: `${checkoutUrl()}/${id}`,
        expiresAt: new Date(now().getTime() + dayMs).toISOString(),
        payer: null,
      }
      const customerName = `${readText(customer.firstName)} ${readText(customer.lastName)}`
      account.details.set(id, {
        callbackUrl: readText(members.callbackUrl),
        returnUrl: readReturnUrls(members.returnUrl),
        to: null,
        customerName,
      })
      account.payins.push(payin)
      after(dayMs, () => {
        if (payin.status === 'open') void end(account, payin, 'expired')
      })
      return payin
    },

    openRefund: (account: Account, payin: Payin | undefined, body: unknown): Refund => {
      const members = readObject(body)
      const reference = readReference(members.reference, account.refunds)
      const { amount, currency } = readMoney(members)
      if (!payin) throw new Refusal(404, 'not_found')
      if (account.refuses.refunds) throw new Refusal(422, 'insufficient_funds')
      if (currency !== payin.currency || amount > refundableOf(account, payin)) throw new Refusal(422, 'not_refundable')
      const refund: Refund = {
        id: newId('rf'),
        version: 1,
        payin: payin.id,
        reference,
        status: 'processing',
        amount,
        currency,
        updatedAt: now().toISOString(),
      }
      account.refunds.push(refund)
      return refund
    },

    openPayout: (account: Account, body: unknown): Payout => {
      const members = readObject(body)
      const reference = readReference(members.reference, account.payouts)
      const { amount, currency } = readMoney(members)
      const to = readObject(members.to)
      const payin = account.payins.find(({ id }) => id === to.payin)
      if (to.payin !== undefined && !payin) throw new Refusal(404, 'not_found')
      if (payin && payin.credited === 0) throw new Refusal(422, 'account_refused')
      const iban = payin ? (payin.payer?.iban ?? '') : readAccountHolder(to)
      if (account.refuses.payouts) throw new Refusal(422, 'insufficient_funds')
      const payout: Payout = {
        id: newId('po'),
        version: 1,
        reference,
        status: 'processing',
        amount,
        currency,
        updatedAt: now().toISOString(),
      }
      account.details.set(payout.id, {
        callbackUrl: readText(members.callbackUrl),
        returnUrl: null,
        to: iban,
        customerName: '',
      })
      account.payouts.push(payout)
      return payout
    },

    approve: async (account: Account, payin: Payin): Promise<void> => {
      after(5 * dayMs, () => {
        if (payin.status === 'approved') void end(account, payin, 'failed')
      })
      await changePayin(account, payin, { status: 'approved' })
    },

    credit: (account: Account, payin: Payin, credited = payin.amount): Promise<void> =>
      changePayin(account, payin, {
        status: 'credited',
        credited,
        payer: { holder: account.details.get(payin.id)?.customerName ?? '', iban: 'SE4550000000058398257466' },
      }),

    end,

    reverse: async (account: Account, payin: Payin, amount: number): Promise<void> => {
      const reversal = { id: newId('rv'), amount, at: now().toISOString() }
      await changePayin(account, payin, { reversals: [...payin.reversals, reversal] })
    },

    /** No callback: the merchant must ask. */
    changeRefund: (refund: Refund, status: Refund['status']): void => {
      refund.status = status
      changed(refund)
    },

    changePayout: async (account: Account, payout: Payout, status: Payout['status']): Promise<void> => {
      payout.status = status
      changed(payout)
      await report(account, 'payout.updated', payout)
    },

    /** A callback of a kind that the API's document does not name. */
    reportUnknown: (account: Account, payin: Payin): Promise<void> =>
      deliveries.send(account, account.details.get(payin.id)?.callbackUrl ?? '', {
        type: 'payin.disputed',
        data: { id: payin.id, reference: payin.reference, stage: 'inquiry' },
      }),
  }
}

const readReference = (value: unknown, taken: readonly { readonly reference: string }[]): string => {
  const reference = readText(value)
  if (!/^[A-Za-z0-9_-]{1,30}$/.test(reference)) throw new Refusal(400, 'invalid_request')
  if (taken.some((order) => order.reference === reference)) throw new Refusal(409, 'reference_taken')
  return reference
}

export type Orders = ReturnType<typeof createOrders>
