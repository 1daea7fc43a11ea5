import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common'
import type { Payments } from 'railswitch'
import { PAYMENTS } from './payments.token.js'

@Controller('orders/:reference')
export class OrdersController {
  constructor(@Inject(PAYMENTS) private readonly payments: Payments) {}

  @Get()
  async read(@Param('reference') reference: string) {
    const { rail, state, credited, refunded } = await this.payments.getDeposit({ reference })
    return { rail, state, credited: credited.value, refunded: refunded.value }
  }

  @Post('pay')
  @HttpCode(200)
  pay(@Param('reference') reference: string) {
    return this.payments.deposit({
      reference,
      amount: { value: '249.90', currency: 'SEK' },
      customer: {
        id: 'customer-77',
        firstName: 'Åsa',
        lastName: 'Öberg',
        email: 'asa@customer.example',
        country: 'SE',
        locale: 'sv-SE',
      },
      returnUrl: `https://shop.example/orders/${reference}`,
    })
  }

  @Post('refund')
  @HttpCode(200)
  async refund(@Param('reference') reference: string) {
    const { payment } = await this.payments.getDeposit({ reference })
    const amount = { value: '100.00', currency: 'SEK' }
    return this.payments.refund({ payment, reference: `${reference}-refund`, amount })
  }
}
