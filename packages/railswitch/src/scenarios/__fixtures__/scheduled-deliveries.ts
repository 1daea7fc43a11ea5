import type { Payments } from '../../payments.ts'
import type { Schedule } from './history.ts'
import type { Notification, VendorModel } from './vendor-model.ts'

/** Delivers a vendor's notifications late, repeatedly and in another order, until each one is acknowledged. */
export interface ScheduledMail {
  readonly deliverDue: (step: number) => Promise<void>
  /** Delivers a notification that was not acknowledged yet, even if it is not due. */
  readonly deliverEarly: (index: number) => Promise<void>
  readonly deliverAll: () => Promise<void>
}

interface Waiting {
  readonly notification: Notification
  due: number
  copies: number
}

/** False: this is not an acknowledgement for the vendor, so it delivers again. */
export const deliver = async (
  payments: Payments<void>,
  { address, contentType, body, accepts }: Notification,
): Promise<boolean> => {
  const request = new Request(address, { method: 'POST', headers: { 'content-type': contentType }, body })
  const response = await payments.callbacks.web(request)
  return accepts(response.status, await response.text())
}

const longestRounds = 6

export const scheduleMail = (
  payments: Payments<void>,
  vendor: VendorModel,
  { delays, copies, order }: Schedule,
): ScheduledMail => {
  let collected = 0
  let turns = 0
  const waiting: Waiting[] = []

  const collect = (step: number): void => {
    for (const notification of vendor.outbox.slice(collected)) {
      waiting.push({ notification, due: step + turn(delays, collected), copies: turn(copies, collected) })
      collected += 1
    }
  }
  const deliverOne = async (one: Waiting): Promise<void> => {
    if (!(await deliver(payments, one.notification))) return
    if (one.copies === 0) waiting.splice(waiting.indexOf(one), 1)
    else one.copies -= 1
  }
  const deliverThese = async (these: readonly Waiting[]): Promise<void> => {
    const left = [...these]
    while (left.length > 0) {
      const [one] = left.splice(turn(order, turns++) % left.length, 1)
      if (one) await deliverOne(one)
    }
  }
  return {
    async deliverDue(step) {
      collect(step)
      await deliverThese(waiting.filter(({ due }) => due <= step))
    },
    async deliverEarly(index) {
      collect(0)
      const one = waiting[index % Math.max(1, waiting.length)]
      if (one) await deliverOne(one)
    },
    async deliverAll() {
      for (let round = 0; round < longestRounds; round += 1) {
        collect(0)
        await deliverThese([...waiting])
      }
    },
  }
}

/** The nth number of a list that is repeated. */
export const turn = (numbers: readonly number[], index: number): number => numbers[index % numbers.length] ?? 0
