import type { Conclusion } from '@railswitch/core'
import { intentOf, pipelineUnderTest, type UnderTest } from './pipeline-under-test.ts'
import { type Message, vendorOf } from './vendor.ts'

const refused: Conclusion = {
  state: 'refused',
  error: { code: 'declined', effect: 'refused', retry: 'next_attempt', message: 'declined', hint: 'none' },
}

/** A shop with two rails of one vendor. The first attempt of order-1 was refused; its second and third are at the checkout. */
export const shop = async (options: UnderTest = {}) => {
  const vendor = options.vendor ?? vendorOf()
  const rails = new Map([
    ['r', vendor],
    ['other', vendor],
  ])
  const running = pipelineUnderTest({ ...options, rails })
  await running.begin(intentOf('order-1'), refused, 'tx-refused')
  await running.begin(intentOf('order-1', { attempt: 2 }), 'started', 'tx-1')
  await running.begin(intentOf('order-1', { attempt: 3 }), 'started', 'tx-1-again')
  await running.begin(intentOf('order-2'), 'started', 'tx-2')
  await running.begin(intentOf('order-3', { rail: 'other' }), 'started', 'tx-3')
  const before = [await running.record('order-1'), await running.record('order-2'), await running.record('order-3')]
  return { ...running, before }
}

/** A callback that another merchant can cause: signed by the vendor, with our reference and an order of that merchant. */
export const attack = (method: Message['method'], id = 'evil-1'): Message => ({
  id,
  order: 'tx-evil',
  echo: 'order-1_3',
  method,
  amount: '100.00',
  customer: { firstName: 'Mallory' },
})

export type Shop = Awaited<ReturnType<typeof shop>>
