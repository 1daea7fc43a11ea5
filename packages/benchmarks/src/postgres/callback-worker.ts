// One of the two processes of P11. It prepares deposits, and handles their callbacks on request.
import { sign, verify } from 'node:crypto'
import { postgresStore } from '@railswitch/store-postgres'
import pg from 'pg'
import { createShop, creditOf, type Delivery } from '../vendors/shop.ts'
import { bytesToSign, merchant, vendor } from '../vendors/trustly.ts'
import { inFlight } from './in-flight.ts'

/** What the parent sends, and the time in milliseconds with which it is answered. */
export type Order =
  | { readonly prepare: number }
  | { readonly handle: 'ours' | 'limit'; readonly from: number; readonly count: number }

const { address, worker } = JSON.parse(process.env['BENCH_WORKER'] ?? '{}')
const pool = new pg.Pool({ ...address, max: 10 })
const shop = createShop({
  store: postgresStore({ pool }),
  write: (tx, reference) => tx.query('insert into shop_rows (reference) values ($1)', [reference]),
  firstOrderId: 1_000_000_000 * (worker + 1),
})
const deliveries: Delivery[] = []

const prepare = async (count: number): Promise<void> => {
  const references = Array.from({ length: count }, (_, index) => `order-${worker}-${index}`)
  for (const opened of await inFlight(16, references, shop.open)) deliveries.push(creditOf(opened))
}

/** Verify, store the notification once with the shop's own row, and sign the acknowledgement: nothing else. */
const handleBare = async ({ body }: Delivery): Promise<void> => {
  const { method, params } = JSON.parse(body.toString())
  const received = bytesToSign(method, params.uuid, params.data)
  if (!verify('sha1', received, vendor.publicKey, Buffer.from(params.signature, 'base64'))) throw new Error('forged')
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rowCount } = await client.query({
      name: 'inbox',
      text: 'insert into inbox (id, body) values ($1, $2) on conflict do nothing',
      values: [params.data.notificationid, body.toString()],
    })
    if (rowCount === 1)
      await client.query({
        name: 'row',
        text: 'insert into shop_rows (reference) values ($1)',
        values: [`bare-${params.data.messageid}`],
      })
    await client.query('commit')
  } finally {
    client.release()
  }
  const signature = sign('sha1', bytesToSign(method, params.uuid, { status: 'OK' }), merchant.privateKey)
  JSON.stringify({
    result: { signature: signature.toString('base64'), uuid: params.uuid, method, data: { status: 'OK' } },
  })
}

process.on('message', async (order: Order) => {
  const begun = performance.now()
  if ('prepare' in order) await prepare(order.prepare)
  else {
    const { handle, from, count } = order
    await inFlight(16, deliveries.slice(from, from + count), handle === 'ours' ? shop.deliver : handleBare)
  }
  process.send?.(performance.now() - begun)
})
process.once('disconnect', () => process.exit())
process.send?.('ready')
