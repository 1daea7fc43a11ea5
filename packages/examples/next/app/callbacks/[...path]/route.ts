import { payments } from '@/shop'

export const runtime = 'nodejs' // signatures need node:crypto, which the edge runtime lacks

export const POST = (request: Request) => payments().callbacks.web(request)
