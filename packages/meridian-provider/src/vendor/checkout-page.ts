import type { Bank } from './bank.ts'
import type { Payin } from './books.ts'

const digits: Readonly<Record<string, number>> = { ISK: 0, BHD: 3 }

/** The page on which a customer pays. All of its texts are Meridian's own or were checked by the API. */
export const checkoutPage = ({ id, reference, amount, currency, status }: Payin): string => {
  const decimals = digits[currency] ?? 2
  const money = `${(amount / 10 ** decimals).toFixed(decimals)} ${currency}`
  const buttons =
    status === 'open'
      ? ['pay', 'cancel']
          .map((action) => `<form method="post" action="/checkout/${id}/${action}"><button>${action}</button></form>`)
          .join('')
      : `<p>This payment is ${status}.</p>`
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Meridian</title><h1>Meridian</h1><p>${reference}: ${money}</p>${buttons}</html>`
}

/** The customer presses a button of the page. Resolves to the address at which the customer arrives; null if there is no such page. */
export const pressButton = async (bank: Bank, id: string, action: 'pay' | 'cancel'): Promise<string | null> => {
  const found = bank.findPayin(id)
  if (!found) return null
  const { account, payin } = found
  const { returnUrl } = account.details.get(id) ?? {}
  if (payin.status === 'open' && action === 'cancel') await bank.orders.end(account, payin, 'cancelled')
  if (payin.status === 'open' && action === 'pay') {
    await bank.orders.approve(account, payin)
    await bank.orders.credit(account, payin)
  }
  return (action === 'pay' ? returnUrl?.success : returnUrl?.cancel) ?? '/'
}
