import { Controller, Inject, Post, Req, Res } from '@nestjs/common'
import type { Request, Response } from 'express'
import type { Payments } from 'railswitch'
import { PAYMENTS } from './payments.token.js'

/** Nest has parsed the body by now. `rawBody: true` in main.ts keeps the bytes, which the signature covers. */
@Controller('callbacks')
export class CallbacksController {
  constructor(@Inject(PAYMENTS) private readonly payments: Payments) {}

  @Post('*path')
  receive(@Req() request: Request, @Res() response: Response) {
    return this.payments.callbacks.express(request, response)
  }
}
