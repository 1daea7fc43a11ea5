import type { Step } from './history.ts'

/** What a rail can do and report. */
export interface Features {
  /** payabl: an order can be paid by several transactions. */
  readonly transactions: 1 | 2
  /** Nothing is credited after it was reported as ended. */
  readonly endsForGood: boolean
  readonly returns: readonly (readonly string[])[]
  readonly payoutReturns: readonly (readonly string[])[]
}

/** A wanted step. It is left out if it is not possible at its point of the history. */
export interface Wish {
  readonly after: number
  readonly wish: string
  readonly amount: string
  readonly currency: string
  readonly which: number
  readonly way: number
}

interface Refund {
  readonly name: string
  readonly reference: string
  readonly attempt: number
  readonly amount: string
  sent: boolean
  back: boolean
}

export const depositSteps = (features: Features, all: readonly Wish[], first: readonly Step[]): readonly Step[] => {
  const steps: Step[] = [...first]
  const refunds: Refund[] = []
  const credited = new Map<number, number>()
  let ended = false
  let approved = false
  let imported = first.some((step) => 'does' in step && step.does === 'deposit')
  const of = 'd'
  const ask = (after: number, refund: Refund): void => {
    const { name, reference, attempt, amount } = refund
    refunds.push(refund)
    steps.push({ after, does: 'refund', name, of, reference, attempt, amount })
  }
  for (const { after, wish, amount, currency, which, way } of all) {
    const transaction = which % features.transactions
    const left = credited.get(transaction) ?? 0
    const refund = refunds[which % Math.max(1, refunds.length)]
    switch (wish) {
      case 'approve':
        if (!approved && !ended && credited.size === 0) steps.push({ after, what: 'approved', of, transaction })
        approved = true
        break
      case 'credit':
        if (credited.has(transaction) || (ended && features.endsForGood)) break
        credited.set(transaction, 100)
        steps.push({ after, what: 'credited', of, amount: '100.00', currency: 'SEK', transaction })
        break
      case 'credit other':
        if (features.transactions > 1 && (credited.has(transaction) || (ended && features.endsForGood))) break
        steps.push({ after, what: 'credited', of, amount: '90.00', currency, transaction })
        if (features.transactions > 1) credited.set(transaction, 0)
        break
      case 'end':
        if (credited.size === 0 && !ended) steps.push({ after, what: 'ended', of, transaction })
        ended = true
        break
      case 'reverse':
        if (left < Number(amount)) break
        credited.set(transaction, left - Number(amount))
        steps.push({ after, what: 'reversed', of, amount, transaction })
        break
      case 'import':
        if (imported) break
        imported = true
        steps.push({ after, does: 'import', name: of, state: credited.get(0) === 100 ? 'credited' : 'pending' })
        break
      case 'refund': {
        const reference = `r${refunds.length + 1}`
        if (imported && left > 0) ask(after, { name: reference, reference, attempt: 1, amount, sent: false, back: false })
        break
      }
      case 'retry':
        if (refund?.back && !refunds.some(({ reference, attempt }) => reference === refund.reference && attempt > refund.attempt)) {
          const attempt = refund.attempt + 1
          ask(after, { ...refund, name: `${refund.reference}_${attempt}`, attempt, sent: false, back: false })
        }
        break
      case 'refund sent':
        if (!refund || refund.sent || refund.back) break
        refund.sent = true
        steps.push({ after, what: 'refund sent', of, refund: refund.name, amount: refund.amount })
        break
      case 'refund back': {
        if (!refund || refund.back) break
        refund.back = true
        const as = features.returns[way % features.returns.length] ?? []
        steps.push({ after, what: 'refund back', of, refund: refund.name, amount: refund.amount, as })
        break
      }
      case 'stranger':
        steps.push({ after, what: 'stranger', of, amount })
    }
  }
  return imported ? steps : [...steps, { after: 1, does: 'import', name: of, state: 'pending' }]
}

export const payoutSteps = ({ payoutReturns }: Features, all: readonly Wish[]): readonly Step[] => {
  const of = 'p'
  const steps: Step[] = [{ after: 1, does: 'payout', name: of }]
  const done = new Set<string>()
  for (const { after, wish, way, amount } of all) {
    if (wish === 'stranger') steps.push({ after, what: 'stranger', of, amount })
    if (done.has(wish) || done.has('back')) continue
    done.add(wish)
    if (wish === 'sent') steps.push({ after, what: 'payout sent', of, amount: '100.00' })
    if (wish === 'back')
      steps.push({ after, what: 'payout back', of, amount: '100.00', as: payoutReturns[way % payoutReturns.length] ?? [] })
  }
  return steps
}

export const withdrawalSteps = ({ payoutReturns }: Features, all: readonly Wish[]): readonly Step[] => {
  const of = 'w'
  const steps: Step[] = [{ after: 1, does: 'withdrawal', name: of }]
  const done = new Set<string>()
  const amount = '100.00'
  for (const { after, wish, way, amount: other } of all) {
    if (wish === 'stranger') steps.push({ after, what: 'stranger', of, amount: other })
    if (done.has(wish) || (wish !== 'request' && wish !== 'back' && !done.has('request')) || done.has('back')) continue
    if ((wish === 'approve' || wish === 'deny') && (done.has('approve') || done.has('deny'))) continue
    if (wish === 'sent' && !done.has('approve')) continue
    done.add(wish)
    if (wish === 'request') steps.push({ after, what: 'requested', of, amount })
    if (wish === 'approve' || wish === 'deny') steps.push({ after, does: wish, name: of })
    if (wish === 'deny') done.add('back')
    if (wish === 'sent') steps.push({ after, what: 'payout sent', of, amount })
    if (wish === 'back')
      steps.push({ after, what: 'payout back', of, amount, as: payoutReturns[way % payoutReturns.length] ?? [] })
  }
  return steps
}

export const accountSteps = (all: readonly Wish[]): readonly Step[] => {
  const steps: Step[] = [{ after: 1, does: 'account', name: 'a' }]
  const done = new Set<string>()
  for (const { after, wish, which, amount } of all) {
    const account = `600000000${which % 2}`
    const of = 'a'
    if (wish === 'zero') steps.push({ after, what: 'account', of, account, mandate: '0' })
    if (wish === 'one' || wish === 'other') steps.push({ after, what: 'account', of, account, mandate: '1' })
    if (wish === 'charge' && !done.has('charge')) steps.push({ after, does: 'charge', name: 'c', from: 'a' })
    if (wish === 'revoke' && !done.has('revoke')) steps.push({ after, what: 'ended', of, transaction: 0 })
    if (done.has('charge') && !done.has(wish)) {
      if (wish === 'credit' && !done.has('end'))
        steps.push({ after, what: 'credited', of: 'c', amount: '100.00', currency: 'SEK', transaction: 0 })
      if (wish === 'end' && !done.has('credit')) steps.push({ after, what: 'ended', of: 'c', transaction: 0 })
      if (wish === 'reverse' && done.has('credit')) steps.push({ after, what: 'reversed', of: 'c', amount, transaction: 0 })
      done.add(wish)
    }
    if (wish === 'charge' || wish === 'revoke') done.add(wish)
  }
  return steps
}

