import { PaymentError } from '@railswitch/core'
import type { PaymentImport } from 'railswitch'
import type { DeedOf } from '../seed/action.ts'
import { hasReportedInGap } from '../world/lost-data.ts'
import { moneyOf, toText } from '../world/money.ts'
import type { OwnOrder } from '../world/own-orders.ts'
import { type BookedDeposit, depositsAtVendor } from '../world/vendor-books.ts'
import type { World } from '../world/world.ts'

const hour = 3_600_000
const currency = 'SEK'
const note = { by: 'Ada', why: 'lost with the backup' }

export const backUp = ({ database, lostData, clock }: World): void => {
  if (lostData.backedUpAt !== null) return
  database.backUp()
  lostData.backedUpAt = clock.now()
}

/**
 * The database is lost and restored from its backup. The application's queue was in it, so it repeats what it had done. People import
 * what the vendors' books have and the store lacks, as the documentation says; only then is money sent again.
 */
export const restoreBackup = (world: World, { activeChanges }: DeedOf<'restore backup'>): void => {
  const { clock, database, jobs, lostData, reviews, shops, trace } = world
  if (lostData.backedUpAt === null) return
  const since = lostData.backedUpAt
  lostData.restoredAt = clock.now()
  shops.replaceAll(activeChanges ? ['store restored', 'other active rail'] : ['store restored'], 60_000)
  trace.add('plan', 'the database is restored')
  reviews.forgetDecisions()
  clock.after(1, () => database.restore())
  clock.after(10 * 60_000, () => jobs.repeatEnded(since, isMoneyOut))
  clock.after(2 * hour, () => importLost(world))
}

const isMoneyOut = (job: string): boolean => /^(refund|payout) /.test(job)

const importLost = (world: World): void => {
  for (const { deed } of world.plan.actions) {
    if (deed.does === 'deposit') importDeposit(world, deed)
    if (deed.does === 'pay out') importPayout(world, deed)
    if (deed.does === 'charge') importRefunds(world, deed.reference)
  }
  reconcileWhenImported(world)
}

/** Money is sent again only after everything was imported. */
const reconcileWhenImported = (world: World): void => {
  const { clock, jobs, shops } = world
  clock.after(hour, () => {
    if (jobs.open().some((job) => job.startsWith('import '))) reconcileWhenImported(world)
    else shops.deploy('store reconciled')
  })
}

const importDeposit = (world: World, { reference, amount }: DeedOf<'deposit'>): void => {
  const booked = depositsAtVendor(world, reference)
  const paid =
    booked.find(({ credited, reversed }) => credited > reversed) ?? booked.find(({ isPaid }) => isPaid) ?? booked.at(-1)
  if (!paid) return
  startImport(world, reference, {
    attempt: paid.order.attempt,
    refs: async ({ payments }) => (await payments.getDeposit({ reference })).attempts.map(({ ref }) => ref),
    input: () => ({
      deposit: { ...toDeposit(world, paid, { reference, amount }), attempt: paid.order.attempt },
      ...note,
    }),
    after: (isImported) => {
      if (isImported) {
        enterCredit(world, reference, paid)
        importAgain(world, paid, { reference, amount })
      }
      importRefunds(world, reference)
    },
  })
}

/**
 * No handler runs for the imported state, so the row is entered by hand, unless a handler has run while the import was interrupted and
 * the vendor reported the credit.
 */
const enterCredit = ({ database }: World, reference: string, { order, credited, reversed }: BookedDeposit): void => {
  const payment = `rs1.${order.rail}.deposit.${reference}.${order.attempt}`
  const isKnown = database.rows.some((row) => row.payment === payment && row.type === 'deposit.credited')
  if (credited <= reversed || isKnown) return
  database.enter({
    shop: 'people',
    event: `import of ${reference}, attempt ${order.attempt}`,
    type: 'deposit.credited',
    payment,
    reference,
    minor: credited - reversed,
    refund: null,
    answer: null,
  })
}

const toDeposit = (
  world: World,
  { order, creditVendorId, credited, reversed }: BookedDeposit,
  { reference, amount }: { readonly reference: string; readonly amount: string },
) => {
  const left = credited - reversed
  if (left <= 0 && !hasReportedInGap(world, order.vendorId)) world.lostData.importedInTime.add(reference)
  const state = left > 0 ? ('credited' as const) : ('pending' as const)
  const money = { value: left > 0 ? toText(left) : amount, currency }
  return {
    rail: order.rail,
    reference,
    amount: money,
    vendorIds: vendorIdsOf(world, reference, left > 0 ? creditVendorId : order.vendorId, order.vendorId),
    state,
    begunAt: iso(order),
  }
}

/** Some people name every transaction of payabl's payment. */
const vendorIdsOf = (
  { random }: World,
  reference: string,
  first: string,
  other: string,
): readonly [string, ...string[]] =>
  first !== other && random.stream('imported ids', reference).chance(0.5) ? [first, other] : [first]

const iso = ({ at }: OwnOrder): string => new Date(at).toISOString()

/** A mistake: the same order of the vendor is imported under another reference. */
const importAgain = (world: World, paid: BookedDeposit, deed: { reference: string; amount: string }): void => {
  const reference = `${deed.reference}-copy`
  startImport(world, reference, {
    attempt: 1,
    refs: async () => [],
    input: () => ({ deposit: toDeposit(world, paid, { ...deed, reference }), ...note }),
    after: (isImported) => {
      if (isImported) world.journal.violated('a vendor id belongs to one payment', `${reference} was imported`)
    },
  })
}

interface LostRefund {
  readonly reference: string
  readonly amount: string
  readonly order: OwnOrder
  readonly attempt: number
}

const lostRefunds = (world: World, of: string): readonly LostRefund[] =>
  world.plan.actions.flatMap(({ deed }) =>
    deed.does === 'refund' && deed.of === of
      ? lostAttempts(world, `refund ${deed.reference}`).map((lost) => ({
          reference: deed.reference,
          amount: deed.amount,
          ...lost,
        }))
      : [],
  )

/** The first order of each attempt that a vendor has executed since the backup. */
const lostAttempts = ({ wire, lostData }: World, call: string) =>
  attempts.flatMap((attempt) => {
    const order = wire.ownOrders.find(({ job, at }) => job === `${call} ${attempt}` && at >= (lostData.backedUpAt ?? 0))
    return order ? [{ attempt, order }] : []
  })

/** As many as the plan and the application can ask for. */
const attempts = [1, 2, 3, 4] as const

const importRefunds = (world: World, of: string): void => {
  for (const refund of lostRefunds(world, of)) importRefund(world, of, refund)
}

const importRefund = (world: World, of: string, { reference, amount, order, attempt }: LostRefund): void =>
  startImport(world, reference, {
    attempt,
    refs: async ({ payments }) =>
      (await payments.getDeposit({ reference: of })).refunds.flatMap((refund) =>
        refund.reference === reference && refund.ref !== null ? [refund.ref] : [],
      ),
    input: async ({ payments }) => {
      const { attempts: known, payment: counting } = await payments.getDeposit({ reference: of })
      const paid = depositsAtVendor(world, of).find(({ credited }) => credited > 0)
      const payment = known.find(({ ref }) => paid && ref.endsWith(`.${paid.order.attempt}`))?.ref ?? counting
      const money = moneyOf(world.plan, { reference: of, amount })
      return {
        refund: { payment, reference, attempt, amount: money, vendorIds: [order.vendorId], begunAt: iso(order) },
        ...note,
      }
    },
  })

const importPayout = (world: World, { of, reference, amount }: DeedOf<'pay out'>): void => {
  const money = moneyOf(world.plan, { reference: of ?? reference, amount })
  for (const { attempt, order } of lostAttempts(world, `payout ${reference}`))
    startImport(world, reference, {
      attempt,
      refs: async ({ payments }) => (await payments.getPayout({ reference })).attempts.map(({ ref }) => ref),
      input: () => ({
        payout: {
          rail: order.rail,
          reference,
          attempt,
          amount: money,
          vendorIds: [order.vendorId],
          begunAt: iso(order),
        },
        ...note,
      }),
    })
}

type Shop = Parameters<Parameters<World['jobs']['start']>[0]['call']>[0]

interface Import {
  readonly attempt: number
  /** The attempts that the store knows. May reject with `not_found`. */
  readonly refs: (shop: Shop) => Promise<readonly string[]>
  readonly input: (shop: Shop) => PaymentImport | Promise<PaymentImport>
  readonly after?: (isImported: boolean) => void
}

const startImport = ({ jobs }: World, reference: string, { attempt, refs, input, after }: Import): void => {
  let isImported = false
  let isBegun = false
  jobs.start({
    name: `import ${reference} ${attempt}`,
    triesNextAttempt: false,
    call: async (shop) => {
      // The same import completes one that was interrupted.
      const known = isBegun ? [] : await refs(shop).catch(noneIfNotFound)
      const payment = known.find((ref) => ref.endsWith(`.${reference}.${attempt}`))
      if (payment !== undefined) return { payment }
      isBegun = true
      const imported = await shop.payments.importPayment(await input(shop))
      isImported = true
      return { payment: imported.payment }
    },
    onResult: () => after?.(isImported),
  })
}

const noneIfNotFound = (error: unknown): readonly string[] => {
  if (error instanceof PaymentError && error.code === 'not_found') return []
  throw error
}
