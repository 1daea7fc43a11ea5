import {
  type Arrival,
  type Candidates,
  type Origin,
  type Ownership,
  ownerOf,
  type Report,
  raised,
  reportIdFor,
  type UnownedLimits,
} from '@railswitch/core'
import type { rowsOf } from './rows.ts'

type Rows<Tx> = ReturnType<typeof rowsOf<Tx>>

/** Where a report was stored. */
export interface Placed {
  readonly payment: string
  readonly leased: boolean
  readonly reportId: string
  /** False for a redelivery that says no more than the first one. */
  readonly isChanged: boolean
  readonly dropped: number
}

type Callback = Extract<Origin, { type: 'callback' }>
type Own = Extract<Origin, { type: 'own' }>

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
        return store(from.record, { ...report, intent: null, proof: 'person' }, { isUnowned: true })
      default:
        return from satisfies never
    }

    async function placeCallback(told: Arrival['report'], callback: Callback): Promise<Placed | null> {
      const { rail, vendorId } = told
      await rows.lockVendorId(tx, rail, vendorId)
      const echo = callback.transactions === 'many' ? callback.echo : null
      const found = await rows.candidates(tx, told, callback.token, echo)
      const known = [...new Set([found.owner, found.token, found.echo])].filter((one): one is string => one !== null)
      await rows.lock(tx, known)
      const owner = ownerOf(rail, callback, await candidatesOf(found))
      const id = reportIdFor(told.id, owner)
      if (owner.type === 'owned') {
        const { key, intent, proof, learns } = owner
        const applied = id === told.id ? null : await rows.stored(tx, rail, told.id)
        if (applied?.report.intent) return store(applied.payment, applied.report, { isUnowned: false })
        const isLearned = learns && (await rows.learn(tx, key, { rail, vendorId, intent, byToken: true }))
        return store(key, { ...told, id, intent, proof }, { isUnowned: false, isChanged: isLearned })
      }
      const strange: Report = { ...told, id, intent: null, proof: owner.proof }
      if (owner.type === 'named') return store(owner.key, strange, { isUnowned: false })
      const payment = await enterUnowned(rail, owner)
      const placed = await store(payment, strange, { isUnowned: true })
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

    function enterUnowned(rail: string, owner: Extract<Ownership, { type: 'foreign_order' | 'record_missing' }>) {
      const since = now().toISOString()
      const name = owner.type === 'foreign_order' ? since.slice(0, 10) : owner.name
      return rows.enterUnowned(tx, `${owner.type} ${rail} ${name}`, { reason: owner.type, rail, name, since })
    }

    /** What a look-up shows of a transaction that belongs to another payment is not applied. */
    async function placeOwn(told: Arrival['report'], { intent, proof, learns }: Own): Promise<Placed | null> {
      const { rail, vendorId } = told
      if (learns) await rows.lockVendorId(tx, rail, vendorId)
      const payment = await rows.paymentOfIntent(tx, intent)
      if (payment === null) throw new Error(`There is no intent ${intent}.`)
      await rows.lock(tx, [payment])
      const isOurs = !learns || (await rows.learn(tx, payment, { rail, vendorId, intent, byToken: false }))
      const applied: Report = { ...told, proof, intent: isOurs ? intent : null }
      return store(payment, applied, { isUnowned: false, isChanged: learns && isOurs })
    }

    async function store(
      payment: string,
      placed: Report,
      { isUnowned, isChanged = false }: { readonly isUnowned: boolean; readonly isChanged?: boolean },
    ): Promise<Placed | null> {
      const leased = (await rows.lock(tx, [payment])).get(payment)
      if (leased === undefined) return null
      const at = { payment, leased, reportId: placed.id, dropped: 0 }
      const stored = await rows.stored(tx, placed.rail, placed.id)
      if (!stored) return (await rows.insertReport(tx, payment, placed, isUnowned)) ? { ...at, isChanged: true } : null
      const after = raised(stored.report, placed)
      // One that is applied stays where it is; one that belonged to nobody moves to its owner.
      const isMoved = stored.report.intent === null && placed.intent !== null && stored.payment !== payment
      const isRaised = after.proof !== stored.report.proof || after.intent !== stored.report.intent
      if (!isMoved && !isRaised) return { ...at, isChanged }
      const home = isMoved ? payment : stored.payment
      await rows.updateReport(tx, home, after, isUnowned && after.intent === null)
      return { ...at, isChanged: true }
    }
  }
