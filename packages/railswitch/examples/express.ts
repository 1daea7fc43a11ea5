import express, { type Express } from 'express'
import type { Payments } from 'railswitch'

/** Mounted before any body parser: the signature covers the bytes as sent. Parsers behind it are none of its business. */
export const expressApp = (payments: Payments): Express =>
  express().use('/callbacks', payments.callbacks.express).use(express.json())

/** Where a parser must stand first, it must keep the bytes. */
export const expressAppWithRaw = (payments: Payments): Express =>
  express()
    .use(express.raw({ type: () => true, limit: '64kb' }))
    .use('/callbacks', payments.callbacks.express)
