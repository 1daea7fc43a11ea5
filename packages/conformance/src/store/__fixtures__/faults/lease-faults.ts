import { randomUUID } from 'node:crypto'
import type { ClaimResult, DueRecord } from '@railswitch/core/store'
import { onClaimed, onComplete, onStore, type StoreFault } from './store-fault.ts'

const leased = (claimed: ClaimResult): ClaimResult => ({ ...claimed, state: 'leased', lease: randomUUID() })

const leasesFor = (state: ClaimResult['state'], origins: readonly string[]): StoreFault =>
  onClaimed((claimed, { from }) => (claimed.state === state && origins.includes(from.type) ? leased(claimed) : claimed))

/** While one payment is leased, no other one is. */
const oneLeaseForAll: StoreFault = onStore((store) => {
  let current: { readonly lease: string; readonly key: string } | null = null
  const end = (lease: string): void => {
    if (current?.lease === lease) current = null
  }
  return {
    claim: async (arrival, leaseMs, rules) => {
      const claimed = await store.claim(arrival, leaseMs, rules)
      if (claimed.state !== 'leased') return claimed
      if (current !== null && current.key !== claimed.record.key) return { ...claimed, state: 'busy' }
      current = { lease: claimed.lease, key: claimed.record.key }
      return claimed
    },
    complete: (lease, completion, rules) => {
      end(lease)
      return store.complete(lease, completion, rules)
    },
    release: (lease) => {
      end(lease)
      return store.release(lease)
    },
  }
})

const neverReschedules = onStore(() => ({ reschedule: async () => {} }))

/** `reschedule` ends more than its own lease. */
const reschedulesWhatHasChanged: StoreFault = onStore((store) => {
  const keys = new Map<string, string>()
  const ended = new Set<string>()
  return {
    leaseDue: async (due, rules) => {
      const found = await store.leaseDue(due, rules)
      for (const { lease, record } of found) keys.set(lease, record.key)
      return found.filter(({ record }) => !ended.has(record.key))
    },
    reschedule: async (lease, due) => {
      if (due === null) ended.add(keys.get(lease) ?? '')
      await store.reschedule(lease, due)
    },
  }
})

const duplicatesAreDue: StoreFault = onStore((store) => {
  const claimed: DueRecord[] = []
  return {
    claim: async (arrival, leaseMs, rules) => {
      const result = await store.claim(arrival, leaseMs, rules)
      claimed.push({ lease: randomUUID(), record: result.record })
      return result
    },
    leaseDue: async (due, rules) => {
      const found = await store.leaseDue(due, rules)
      const keys = found.map(({ record }) => record.key)
      return [...found, ...claimed.splice(0).filter(({ record }) => !keys.includes(record.key))]
    },
  }
})

/** Faults of leases and of what is due. */
export const leaseFaults: Readonly<Record<string, StoreFault>> = {
  'LEASE-001': onComplete(({ emitted }) => ({ emitted: { ...emitted, answer: 'ok' } })),
  'LEASE-002': onStore((store) => ({
    claimRecord: async (key, leaseMs, rules) =>
      (await store.claimRecord(key, leaseMs, rules)) ?? {
        state: 'idle',
        record: { key, intents: [], reports: [], emitted: [] },
        reportId: null,
      },
  })),
  'LEASE-003': leasesFor('idle', ['own']),
  'LEASE-004': leasesFor('busy', ['callback', 'own', 'unowned']),
  'LEASE-005': onStore(() => ({ claimRecord: async () => null })),
  'LEASE-006': onStore((store) => ({
    claimRecord: async (key, leaseMs, rules) => {
      const claimed = await store.claimRecord(key, leaseMs, rules)
      return claimed?.state === 'idle' ? leased(claimed) : claimed
    },
  })),
  'LEASE-007': oneLeaseForAll,
  'LEASE-008': onComplete(() => ({ isLast: true })),
  'LEASE-009': onStore((store) => ({ claim: (arrival, _leaseMs, rules) => store.claim(arrival, 1, rules) })),
  'LEASE-010': onStore((store) => ({
    complete: async (lease, completion, rules) => {
      const isDone = await store.complete(lease, completion, rules)
      if (!isDone) await completion.write?.(undefined)
      return true
    },
  })),
  'LEASE-011': onStore(() => ({ release: async () => {} })),
  'LEASE-012': onComplete(({ write }) => (write ? { write: (tx) => write(tx).catch(() => {}) } : {})),
  'LEASE-013': onStore((store) => ({
    complete: (lease, completion, rules) =>
      store.complete(lease, completion, rules).catch((error: unknown) => {
        if (error instanceof Error && error.name === 'WriteTimeout') return true
        throw error
      }),
  })),
  'DUE-001': onStore((store) => ({ leaseDue: (due, rules) => store.leaseDue({ ...due, limit: 100 }, rules) })),
  'DUE-002': onStore((store) => ({
    leaseDue: async (due, rules) => [...(await store.leaseDue(due, rules))].reverse(),
  })),
  'DUE-003': onStore((store) => ({ leaseDue: (due, rules) => store.leaseDue({ ...due, until: due.before }, rules) })),
  'DUE-004': neverReschedules,
  'DUE-005': reschedulesWhatHasChanged,
  'DUE-006': duplicatesAreDue,
  'DUE-007': neverReschedules,
}
