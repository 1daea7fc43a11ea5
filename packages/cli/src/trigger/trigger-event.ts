import { UsageError } from '../errors.ts'
import { plain } from '../output/plain.ts'
import { printResult } from '../output/print.ts'
import { painter } from '../output/style.ts'
import { type ControlClient, findSandbox } from '../sandbox-client/control-client.ts'
import type { ControlPayment } from '../sandbox-client/control-responses.ts'
import type { Terminal } from '../terminal.ts'
import { actionsOfEvent, eventNames, type TriggeredEvent } from './events.ts'

interface Options {
  readonly reference: string
  readonly amount?: string
  readonly vendor?: string
  readonly sandbox?: string
  readonly json?: true
}

export const triggerEvent = async (event: TriggeredEvent, options: Options, terminal: Terminal): Promise<void> => {
  const sandbox = findSandbox(options.sandbox, terminal)
  const before = await paymentOf(sandbox, options)
  const after = await perform(sandbox, { event, payment: before, amount: options.amount })
  const known = new Set(before.deliveries.map(({ id }) => id))
  const callbacks = after.deliveries
    .filter(({ id }) => after.id !== before.id || !known.has(id))
    .map(({ id, what, state, attempts }) => ({ id, method: what, state, result: attempts.at(-1)?.outcome ?? null }))
  const paint = painter(terminal)
  printResult(terminal, {
    json: options.json,
    result: {
      event,
      vendor: before.vendor,
      payment: after.id,
      reference: before.reference,
      state: after.state,
      callbacks,
    },
    toText: () =>
      [
        `${plain(before.reference)} at ${before.vendor}: ${paint('strong', after.state)}\n`,
        ...callbacks.map(({ method, state, result }) => {
          const reason = state === 'not accepted' && result !== null ? `: ${plain(result)}` : ''
          return `  callback ${method}  ${paint(state === 'accepted' ? 'good' : 'warning', state)}${reason}\n`
        }),
      ].join(''),
  })
}

/** The newest payment with this reference, or the one with this vendor id. */
const paymentOf = async (sandbox: ControlClient, { reference, vendor }: Options): Promise<ControlPayment> => {
  const encoded = encodeURIComponent(reference)
  const { payments } = await sandbox.get<{ readonly payments: readonly ControlPayment[] }>(
    `/payments?reference=${encoded}`,
  )
  const found = payments.filter((payment) => vendor === undefined || payment.vendor === vendor)
  const vendors = [...new Set(found.map((payment) => payment.vendor))]
  if (vendors.length > 1)
    throw new UsageError(`Both vendors have a payment ${reference}: add --vendor ${vendors.join(' or --vendor ')}.`)
  const newest = found.at(-1)
  if (newest) return newest
  for (const name of vendor === undefined ? ['trustly', 'payabl'] : [vendor]) {
    const payment = await sandbox.get<ControlPayment>(`/payments/${name}/${encoded}`).catch(() => null)
    if (payment) return { ...payment, vendor: name }
  }
  throw new Error(`The sandbox has no payment ${reference}. railswitch logs shows the calls that arrived.`)
}

interface Performed {
  readonly event: TriggeredEvent
  readonly payment: ControlPayment
  readonly amount: string | undefined
}

const perform = async (sandbox: ControlClient, { event, payment, amount }: Performed): Promise<ControlPayment> => {
  const { vendor, id } = payment
  const path = `/payments/${vendor}/${encodeURIComponent(id)}`
  const act = (action: string, at = path) =>
    sandbox.post<ControlPayment>(at, { action, ...(amount !== undefined && { amount }) })
  if (event === 'hold' || event === 'release') {
    await sandbox.post(`/${event}`, { vendor, payment: id })
    return sandbox.get(path)
  }
  if (event === 'stranger') {
    const copy = await sandbox.post<ControlPayment>(`${path}/imitations`, {})
    return act('credit', `/payments/${vendor}/${encodeURIComponent(copy.id)}`)
  }
  if (event === 'return-refund') return act(returnOf(payment, amount))
  const allowed = payment.actions.map((action) => action.id)
  const action = actionsOfEvent[event].find((one) => allowed.includes(one))
  if (action === undefined) throw notAllowed(event, payment)
  return act(action)
}

const returns = 'return-refund-'

/** The sandbox has one action for each amount that was refunded. */
const returnOf = (payment: ControlPayment, amount: string | undefined): string => {
  const possible = payment.actions.map(({ id }) => id).filter((id) => id.startsWith(returns))
  const [first, ...others] = amount === undefined ? possible : possible.filter((id) => id === `${returns}${amount}`)
  if (first === undefined) throw notAllowed('return-refund', payment)
  if (others.length === 0) return first
  throw new UsageError(`Choose a refund with --amount: ${possible.map((id) => id.slice(returns.length)).join(', ')}.`)
}

const notAllowed = (event: TriggeredEvent, { reference, state, actions }: ControlPayment): Error => {
  const ids = actions.map(({ id }) => id)
  const possible = eventNames.filter(
    (name) =>
      actionsOfEvent[name].some((one) => ids.includes(one)) ||
      (name === 'return-refund' && ids.some((id) => id.startsWith(returns))),
  )
  return new Error(
    `${event} is not possible: ${reference} is ${state}.\n  Possible now: ${possible.length === 0 ? 'nothing' : possible.join(', ')}.`,
  )
}
