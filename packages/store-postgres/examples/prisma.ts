import { postgresStore } from '@railswitch/store-postgres'

/**
 * `commit((tx) => …)` gets Prisma's transaction: `tx.order.create(…)`. Prisma ends a transaction after 5 seconds: its options
 * `timeout` and `maxWait` stand beside `isolationLevel`.
 */
export const storeOverPrisma = <Tx extends Raw>(prisma: Client<Tx>) =>
  postgresStore<Tx>({
    transaction: (run) => prisma.$transaction(run, { isolationLevel: 'ReadCommitted' }),
    query: (tx, text, values) => tx.$queryRawUnsafe<object[]>(text, ...values),
  })

/** What of your generated `PrismaClient` is used. */
interface Client<Tx> {
  $transaction<A>(run: (tx: Tx) => Promise<A>, options: { readonly isolationLevel: 'ReadCommitted' }): Promise<A>
}
interface Raw {
  $queryRawUnsafe<A>(text: string, ...values: unknown[]): PromiseLike<A>
}
