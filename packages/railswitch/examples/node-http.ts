import { createServer } from 'node:http'
import type { Payments } from 'railswitch'

export const nodeServer = (payments: Payments) => createServer(payments.callbacks.node)
