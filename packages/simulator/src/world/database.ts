import type { Store } from '@railswitch/core'
import type { Faults } from '../seed/fault-strikes.ts'
import type { FaultName } from '../seed/fault-table.ts'
import type { Random } from '../seed/random.ts'
import type { WorldClock } from '../time/world-clock.ts'
import { never, type ProcessLife } from './process-life.ts'
import { createRecordedStore } from './recorded-store.ts'
import type { Trace } from './trace.ts'

/** A row that a handler writes in the transaction in which its event is marked as emitted. */
export interface Row {
  readonly shop: string
  readonly event: string
  readonly type: string
  readonly payment: string | null
  readonly reference: string | null
  /** Minor units of SEK; 0 for events without money. */
  readonly minor: number
  readonly refund: string | null
  /** The answer to a question; null for other events. */
  readonly answer: boolean | null
}

/** The application's part of a transaction. What it inserts exists only after the commit. */
export interface Transaction {
  insert(row: Row): void
}

/** The database that all processes of the shop share: the library's store and the application's rows. */
export interface Database {
  readonly rows: readonly Row[]
  /** A connection of one process. */
  readonly connect: (life: ProcessLife) => Store<Transaction>
  /** Refuses every statement for `ms` milliseconds, those under way included. */
  readonly outage: (ms: number) => void
  readonly backUp: () => void
  /** Loses everything since the backup. No process may run. */
  readonly restore: () => Promise<void>
  /** A row that a person enters. */
  readonly enter: (row: Row) => void
}

interface Dependencies {
  readonly clock: WorldClock
  readonly random: Random
  readonly faults: Faults
  readonly trace: Trace
  /** Whether a backup will be made. */
  readonly isBackedUp: boolean
}

export const createDatabase = ({ clock, random, faults, trace, isBackedUp }: Dependencies): Database => {
  const uuids = random.stream('database uuid')
  const { current, change, claim, backUp, restore } = createRecordedStore(
    {
      now: () => new Date(clock.now()),
      after: (ms, job) => clock.after(ms, job),
      randomUUID: uuids.uuid,
    },
    isBackedUp,
  )
  const rows: Row[] = []
  let rowsInBackup = 0
  let statements = 0
  let downUntil = 0

  const connect = (life: ProcessLife): Store<Transaction> => {
    /** One statement or transaction: it is executed as a whole, or not at all. */
    const execute = async <A>(name: string, run: () => Promise<A>): Promise<A> => {
      const subject = `${++statements} ${name}`
      const draws = random.stream('statement', subject)
      // sync looks for due payments every minute, and mostly finds none.
      const strikes = (fault: FaultName): boolean =>
        (name !== 'leaseDue' || draws.chance(0.1)) && faults.strikes(fault, subject)
      const slowMs = strikes('store-slow') ? draws.integer(200, 3_000) : 0
      await life.pause(draws.integer(1, 8) + slowMs)
      const crashes = strikes('crash-at-store')
      if (crashes && draws.chance(0.5)) return crash(life, subject)
      if (clock.now() < downUntil || strikes('store-refused')) {
        trace.add(life.name, `statement ${subject} refused`)
        throw new DatabaseError('the connection was lost')
      }
      const result = await life.outlive(run())
      if (crashes) return crash(life, subject)
      await life.pause(draws.integer(1, 8))
      if (clock.now() < downUntil || strikes('commit-unknown')) {
        trace.add(life.name, `statement ${subject} executed, its result lost`)
        throw new DatabaseError('the connection was lost before the result')
      }
      return result
    }

    const crash = <A>(process: ProcessLife, subject: string): Promise<A> => {
      trace.add(process.name, `ends during statement ${subject}`)
      process.end()
      return never()
    }

    return {
      durable: true,
      begin: (...given) => execute('begin', () => change((store) => store.begin(...given))),
      conclude: (...given) => execute('conclude', () => change((store) => store.conclude(...given))),
      find: (reference) => execute('find', () => current().find(reference)),
      findByVendorId: (booking) => execute('find', () => current().findByVendorId(booking)),
      claim: (arrival, leaseMs, rules) =>
        execute('claim', () => claim((store, ms) => store.claim(arrival, ms, rules), leaseMs)),
      claimRecord: (key, leaseMs, rules) =>
        execute('claimRecord', () => claim((store, ms) => store.claimRecord(key, ms, rules), leaseMs)),
      release: (lease) => execute('release', () => change((store) => store.release(lease))),
      leaseDue: (...given) => execute('leaseDue', () => change((store) => store.leaseDue(...given))),
      reschedule: (...given) => execute('reschedule', () => change((store) => store.reschedule(...given))),
      erasePersonalData: (reference) => execute('erase', () => change((store) => store.erasePersonalData(reference))),
      complete: (lease, { write, ...completion }, rules) =>
        execute('complete', async () => {
          const inserted: Row[] = []
          const work = write && (() => untilEnd(life, write({ insert: (row) => void inserted.push(row) })))
          const isOurs = await change(
            (store) => store.complete(lease, { ...completion, ...(work && { write: work }) }, rules),
            (store) => store.complete(lease, completion, rules),
          )
          if (!isOurs) return false
          for (const row of inserted)
            trace.add(row.shop, `committed ${row.type} ${row.reference} ${row.minor} (${row.event})`)
          rows.push(...inserted)
          return true
        }),
      async *happenedBetween(span) {
        yield* await execute('happened', async () => {
          const found = []
          for await (const record of current().happenedBetween(span)) found.push(record)
          return found
        })
      },
      async *reviews(rules) {
        yield* await execute('reviews', async () => {
          const found = []
          for await (const record of current().reviews(rules)) found.push(record)
          return found
        })
      },
    }
  }

  return {
    rows,
    connect,
    outage: (ms) => {
      downUntil = Math.max(downUntil, clock.now() + ms)
    },
    backUp: () => {
      rowsInBackup = rows.length
      backUp()
    },
    restore: async () => {
      rows.length = rowsInBackup
      await restore()
    },
    enter: (row) => void rows.push(row),
  }
}

/** Rejects if the process ends first: the database then rolls its transaction back. */
const untilEnd = <A>({ onEnd }: ProcessLife, work: Promise<A>): Promise<A> =>
  new Promise((resolve, reject) => {
    work.then(resolve, reject)
    onEnd(() => reject(new DatabaseError('the client has gone')))
  })

export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
}
