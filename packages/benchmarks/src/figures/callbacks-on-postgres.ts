import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { postgresStore } from '@railswitch/store-postgres'
import pg from 'pg'
import type { Figure } from '../measurement/figure.ts'
import { median } from '../measurement/median.ts'
import type { Order } from '../postgres/callback-worker.ts'
import { type PrivateServer, postgresMissing, startServer } from '../postgres/private-server.ts'
import { merchantPem, vendorPrivatePem } from '../vendors/trustly.ts'

const processes = 2

export const callbacksOnPostgres: Figure = {
  id: 'P11',
  what: `callbacks with commit on PostgreSQL, ${processes} processes`,
  beside: 'raw verify, sign and one transaction of two inserts',
  hold: { least: 0.5 },
  reach: { least: 0.7 },
  lacks: postgresMissing,
  measure: async ({ effort, progress }) => {
    const server = await startServer()
    const pool = new pg.Pool(server.address)
    const workers: Worker[] = []
    try {
      await postgresStore({ pool }).migrate()
      await pool.query(
        'create table shop_rows (id bigint generated always as identity primary key, reference text not null)',
      )
      await pool.query('create table inbox (id text primary key, body text not null)')
      for (let worker = 0; worker < processes; worker += 1) workers.push(await startWorker(server, worker))
      const rounds = Math.min(9, effort.rounds)
      const count = effort.rounds < 9 ? 8 : 250
      progress(`${(rounds + 1) * count * processes} deposits`)
      await Promise.all(workers.map((worker) => send(worker, { prepare: (rounds + 1) * count })))
      const timeOf = async (handle: 'ours' | 'limit', round: number): Promise<number> =>
        Math.max(...(await Promise.all(workers.map((worker) => send(worker, { handle, from: round * count, count })))))
      const [ours, limit, again]: [number[], number[], number[]] = [[], [], []]
      // The first round compiles both.
      for (let round = 0; round <= rounds; round += 1) {
        progress(`round ${round} of ${rounds}`)
        if (round === 0) {
          await timeOf('ours', round)
          await timeOf('limit', round)
          continue
        }
        limit.push(await timeOf('limit', round))
        ours.push(await timeOf('ours', round))
        await pool.query('truncate inbox')
        again.push(await timeOf('limit', round))
        await pool.query('truncate inbox')
      }
      await checkRows(pool, rounds, count)
      const perSecond = (times: readonly number[]): string => ((count * processes * 1000) / median(times)).toFixed(0)
      return [
        {
          of: '',
          value: median(limit.map((time, round) => time / (ours[round] ?? Number.NaN))),
          control: median(limit.map((time, round) => time / (again[round] ?? Number.NaN))),
          detail: `${perSecond(ours)} callbacks a second, limit ${perSecond(limit)}`,
        },
      ]
    } finally {
      for (const { child } of workers) child.kill()
      await pool.end()
      await server.stop()
    }
  },
}

/** Every credit that we handled has its row in the shop exactly once. */
const checkRows = async (pool: pg.Pool, rounds: number, count: number): Promise<void> => {
  const { rows } = await pool.query(
    "select count(*)::int as all, count(distinct reference)::int as distinct from shop_rows where reference like 'order-%'",
  )
  const expected = (rounds + 1) * count * processes
  if (rows[0].all !== expected || rows[0].distinct !== expected)
    throw new Error(`P11: ${rows[0].all} rows of ${rows[0].distinct} deposits instead of ${expected}`)
}

/** `ended` rejects if the process ends. */
interface Worker {
  readonly child: ChildProcess
  readonly ended: Promise<never>
}

const startWorker = async ({ address }: PrivateServer, worker: number): Promise<Worker> => {
  const child = fork(fileURLToPath(new URL('../postgres/callback-worker.js', import.meta.url)), {
    env: {
      ...process.env,
      BENCH_WORKER: JSON.stringify({ address, worker }),
      BENCH_KEYS: JSON.stringify({ merchant: merchantPem, vendor: vendorPrivatePem }),
    },
  })
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`P11: a process ended with ${code}`)))
  })
  ended.catch(() => {})
  await Promise.race([once(child, 'message'), ended])
  return { child, ended }
}

/** Resolves with the time that it took, in milliseconds. */
const send = async ({ child, ended }: Worker, order: Order): Promise<number> => {
  child.send(order)
  const [time] = await Promise.race([once(child, 'message'), ended])
  return time
}
