import { refundPart } from '@/shop'

type Context = { params: Promise<{ reference: string }> }

export const POST = async (_request: Request, { params }: Context) =>
  Response.json(await refundPart((await params).reference))
