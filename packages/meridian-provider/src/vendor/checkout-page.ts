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
