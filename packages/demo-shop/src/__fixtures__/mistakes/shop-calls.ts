import { memoryStore, money, type Payments } from 'railswitch'
import { versatileBank } from 'railswitch/fixtures/versatile-bank'
import type { Anything } from './mistake.ts'
import { create } from './shop-config.ts'

export const customer = {
  id: 'c-1',
  firstName: 'Åsa',
  lastName: 'Öberg',
  email: 'asa@shop.example',
  country: 'DE',
  locale: 'de',
}
export const deposit = { reference: 'order-1', amount: money('249.90', 'EUR'), customer, returnUrl: 'https://shop.example/' }
export const handlers = {
  'deposit.credited': () => {},
  'deposit.reversed': () => ({ recovered: true }),
  'withdrawal.requested': () => ({ reserved: true }),
}

/** A shop with the rail `bank`, and a credited deposit (`paid`), a pending one (`open`), and a withdrawal that nobody has requested yet. */
export const opened = async (change: object = {}, on: object | null = handlers) => {
  const { rail } = versatileBank()
  const payments: Payments<Anything> = create({
    active: 'bank',
    providers: { bank: rail },
    store: memoryStore(),
    ...change,
  })
  if (on) payments.on(on as Anything)
  const begin = (reference: string) => payments.deposit({ ...deposit, reference })
  return { payments, begin }
}
export const paid = async () => {
  const { payments, begin } = await opened()
  const { payment } = await begin('order-1')
  const body = JSON.stringify({ id: 'n-1', order: 'order of order-1', method: 'deposit.credited', amount: '249.90' })
  await payments.callbacks.web(new Request('https://shop.example/callbacks/bank', { method: 'POST', body }))
  return { payments, payment }
}
export const given = (change: object) => async () => (await opened()).payments.deposit({ ...deposit, ...change } as Anything)
export const customerWith = (change: object) => given({ customer: { ...customer, ...change } })
export const calling = (call: (payments: Anything) => unknown) => async () => call((await opened()).payments)
export const refunding = (change: object) => async () => {
  const { payments, payment } = await paid()
  return payments.refund({ payment, reference: 'refund-1', amount: money('10.00', 'EUR'), ...change } as Anything)
}
