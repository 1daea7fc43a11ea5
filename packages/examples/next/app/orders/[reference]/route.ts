import { readOrder } from '@/shop'

type Context = { params: Promise<{ reference: string }> }

export const GET = async (_request: Request, { params }: Context) =>
  Response.json(await readOrder((await params).reference))
