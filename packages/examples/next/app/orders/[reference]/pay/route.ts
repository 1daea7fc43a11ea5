import { startDeposit } from '@/shop'

type Context = { params: Promise<{ reference: string }> }

export const POST = async (_request: Request, { params }: Context) =>
  Response.json(await startDeposit((await params).reference))
