import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common'
import { configFromEnv, createPayments, memoryStore, type Payments } from 'railswitch'
import { CallbacksController } from './callbacks.controller.js'
import { OrdersController } from './orders.controller.js'
import { PAYMENTS } from './payments.token.js'

const startPayments = (): Payments => {
  const payments = createPayments({
    ...configFromEnv(process.env), // RAILSWITCH_ACTIVE is the switch
    store: memoryStore(), // loses its payments with the process: the examples of stores keep them
    requires: ['deposit', 'refund.partial'],
  })
  payments.on({
    'deposit.credited': ({ reference, amount, now }) => {
      if (now?.state !== 'credited') return // reversed in the meantime: `deposit.reversed` follows
      console.log(`${reference}: ${amount.value} ${amount.currency} credited: ship the goods`)
    },
    'deposit.reversed': () => ({ recovered: false }), // could you take it back from the customer's balance?
  })
  return payments
}

@Module({
  controllers: [CallbacksController, OrdersController],
  providers: [{ provide: PAYMENTS, useFactory: startPayments }],
  exports: [PAYMENTS],
})
export class PaymentsModule implements OnApplicationShutdown {
  constructor(@Inject(PAYMENTS) private readonly payments: Payments) {}

  /** Running handlers finish first. */
  onApplicationShutdown() {
    return this.payments.close()
  }
}
