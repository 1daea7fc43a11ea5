import type { CheckoutStep } from './visit.ts'

/** The customer's choices. */
export interface WalkOptions {
  /** A bank's name as on the page; the first one unless given. */
  readonly bank?: string
  /** An order option; the first one unless given. Trustly: `pending-credit`, `credit`, `pending-credit-later`,
   *  `pending`, `pending-cancel`, `credit-debit`, `other-amount`; `kyc-abort` with RequestKYC, `no-mandate` with
   *  RequestDirectDebitMandate; in DirectDebitMandate `signed-active`, `signed-active-later`, `signed`, `signed-refused`.
   *  payabl: `accepted-credited`, `credited`, `accepted-credited-later`, `accepted`,
   *  `accepted-not-credited`, `not-credited`, `failed`, `credited-chargeback`. */
  readonly outcome?: string
  /** Trustly only: the amount that the customer sends (`103.00`), for `other-amount` and where the order has none. */
  readonly amount?: string
  /** Cancels, at the first step or at the one named. */
  readonly cancel?: boolean | CheckoutStep
}

/** Walks through the checkout pages as a customer and resolves with the address in the shop to which the customer is
 *  redirected. Rejects when a step is not accepted, for example because the order is finished or expired. */
export const walkCheckout = async (url: string, options: WalkOptions = {}): Promise<string> => {
  const response = await fetch(url)
  const page = await response.text()
  const step = /name="step" value="(\w+)"/.exec(page)?.[1]
  if (!response.ok || !step) throw new Error(`The checkout page has no step to submit (HTTP ${response.status}).`)
  const answer = await fetch(url, { method: 'POST', body: fieldsOf(step, page, options), redirect: 'manual' })
  const location = answer.headers.get('location')
  if (answer.status !== 303 || !location) throw new Error(`The step ${step} was not accepted (HTTP ${answer.status}).`)
  const next = new URL(location, url).href
  return next === new URL(url).href ? walkCheckout(url, options) : next
}

const fieldsOf = (step: string, page: string, { bank, outcome, amount, cancel }: WalkOptions): URLSearchParams => {
  if (cancel === true || cancel === step) return new URLSearchParams({ step: 'cancel' })
  return new URLSearchParams({
    step,
    bank: bank ?? unescapeText(/name="bank" value="([^"]*)"/.exec(page)?.[1] ?? ''),
    login: 'customer',
    account: /name="account" value="(\d+)"/.exec(page)?.[1] ?? '',
    code: /id="one-time-code">(\d+)</.exec(page)?.[1] ?? '',
    ...(outcome !== undefined && { outcome }),
    ...(amount !== undefined && { amount }),
  })
}

const unescapeText = (text: string): string => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
