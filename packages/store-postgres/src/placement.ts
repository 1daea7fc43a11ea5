import {
  type Arrival,
  type Candidates,
  merchantReference,
  namedReference,
  type Origin,
  type Ownership,
  ownerOf,
  type Report,
  raised,
  reportIdFor,
  type UnownedLimits,
} from '@railswitch/core'
import { idOfKey, type rowsOf } from './rows.ts'

type Rows<Tx> = ReturnType<typeof rowsOf<Tx>>

/** Where a report was stored. */
export interface Placed {
  readonly payment: string
  readonly leased: boolean
  /** False where another transaction holds the payment's row: it is derived again by the next run of sync. */
  readonly isLocked: boolean
  readonly reportId: string
  /** False for a redelivery that says no more than the first one. */
  readonly isChanged: boolean
  readonly dropped: number
}

type Callback = Extract<Origin, { type: 'callback' }>
type Own = Extract<Origin, { type: 'own' }>
type Stranger = Extract<Ownership, { type: 'foreign_order' | 'record_missing' }>

type Home = Pick<NonNullable<Awaited<ReturnType<Rows<unknown>['stored']>>>, 'payment' | 'isUnowned'>

interface Storing {
  readonly isLearned?: boolean
  readonly names?: string | null
  /** The row of a day's strangers is not waited for. */
  readonly isUnowned?: boolean
}

/** Stores reports with their owners, under the locks that this takes. Null: another transaction was quicker. */
export const createPlacement =
  <Tx>(rows: Rows<Tx>, limits: UnownedLimits, now: () => Date) =>
  async (tx: Tx, { report, from }: Arrival): Promise<Placed | null> => {
    switch (from.type) {
      case 'callback':
        return placeCallback(report, from)
      case 'own':
        return placeOwn(report, from)
      case 'unowned':
        return placeUnowned(report, from.record)
      default:
        return from satisfies never
    }

    async function placeCallback(said: Arrival['report'], callback: Callback): Promise<Placed | null> {
      const { rail, vendorId } = said
      await rows.lockVendorId(tx, rail, vendorId)
      const echo = callback.transactions === 'many' ? callback.echo : null
      const { token } = callback
      const names = [echo, token && merchantReference(token)].filter((name) => name !== null)
      for (const name of callback.transactions === 'many' ? names.sort() : []) await rows.lockName(tx, rail, name)
      const found = await rows.candidates(tx, said, token, echo)
      const known = [...new Set([found.owner, found.token, found.echo])].filter((one): one is string => one !== null)
      await rows.lock(tx, known)
      const owner = ownerOf(rail, callback, await candidatesOf(found))
      const id = reportIdFor(said.id, owner)
      if (owner.type === 'owned') {
        const { key, intent, proof, learns } = owner
        const applied = id === said.id ? null : await rows.stored(tx, rail, said.id)
        if (applied?.report.intent) return store(applied.payment, applied.report)
        const isLearned = learns && (await rows.learn(tx, key, { rail, vendorId, intent, byToken: true }))
        return store(key, { ...said, id, intent, proof }, { isLearned })
      }
      const strange: Report = { ...said, id, intent: null, proof: owner.proof }
      if (owner.type === 'named') return store(owner.key, strange)
      const home = await homeOf(strange, owner)
      const placed = home && (await store(home.payment, strange, { names: namedReference(callback, owner), ...home }))
      return placed?.isChanged ? { ...placed, dropped: await rows.prune(tx, limits) } : placed
    }

    async function candidatesOf(found: Awaited<ReturnType<Rows<Tx>['candidates']>>): Promise<Candidates> {
      const read = async (payment: string | null) => (payment === null ? null : rows.read(tx, payment))
      const owner = await read(found.owner)
      return {
        byVendorId: owner && found.ownerIntent ? { record: owner, intent: found.ownerIntent } : null,
        byToken: found.token === found.owner ? owner : await read(found.token),
        byEcho: owner ? null : await read(found.echo),
      }
    }

    /** A stranger's report stays where it came first; a lost intent takes over what is not applied. */
    async function homeOf({ id, rail }: Report, owner: Stranger): Promise<Home | null> {
      const stored = await rows.stored(tx, rail, id)
      if (stored && (owner.type === 'foreign_order' || stored.report.intent !== null)) return stored
      const since = now().toISOString()
      const name = owner.type === 'foreign_order' ? since.slice(0, 10) : owner.name
      const key = `${owner.type} ${rail} ${name}`
      const payment = await rows.enterUnowned(tx, key, { reason: owner.type, rail, name, since })
      return payment === null ? null : { payment, isUnowned: true }
    }

    /** What a look-up shows of a transaction that belongs to another payment is not applied. */
    async function placeOwn(said: Arrival['report'], { intent, proof, learns }: Own): Promise<Placed | null> {
      const { rail, vendorId } = said
      if (learns) await rows.lockVendorId(tx, rail, vendorId)
      const payment = await rows.paymentOfIntent(tx, intent)
      if (payment === null) throw new Error(`There is no intent ${intent}.`)
      await rows.lock(tx, [payment])
      const isOurs = !learns || (await rows.learn(tx, payment, { rail, vendorId, intent, byToken: false }))
      return store(payment, { ...said, proof, intent: isOurs ? intent : null }, { isLearned: learns && isOurs })
    }

    async function placeUnowned(said: Arrival['report'], record: string): Promise<Placed | null> {
      const placed = await store(idOfKey(record), { ...said, intent: null, proof: 'person' })
      if (placed === null) throw new Error(`There is no record ${record}.`)
      return placed
    }

    async function store(
      payment: string,
      placed: Report,
      { isLearned = false, names = null, isUnowned = false }: Storing = {},
    ): Promise<Placed | null> {
      const leased = isUnowned ? await rows.tryLock(tx, payment) : (await rows.lock(tx, [payment])).get(payment)
      if (leased === undefined) return null
      const isLocked = leased !== null
      if (!isLocked) await rows.markChanged(tx, payment)
      const at = { payment, leased: leased ?? true, isLocked, reportId: placed.id, dropped: 0 }
      const stored = await rows.stored(tx, placed.rail, placed.id)
      if (!stored) return (await rows.insertReport(tx, payment, placed, names)) ? { ...at, isChanged: true } : null
      const after = raised(stored.report, placed)
      // One that is applied stays where it is; one that is not moves to where it is believed to belong now.
      const home = stored.report.intent === null ? payment : stored.payment
      const isChanged =
        home !== stored.payment || after.proof !== stored.report.proof || after.intent !== stored.report.intent
      if (isChanged) await rows.updateReport(tx, home, after, names)
      if (home !== stored.payment) await rows.markChanged(tx, stored.payment)
      return { ...at, isChanged: isChanged || isLearned }
    }
  }
