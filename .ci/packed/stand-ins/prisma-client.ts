// Stands in for what `prisma generate` writes, which needs an engine from outside npm: the same shape over pg.
import pg from 'pg'

type Order = { reference: string; shipped: boolean }
type Where = { where: { reference: string } }

const methods = (client: pg.Pool | pg.PoolClient) => ({
  $queryRawUnsafe: async <A>(text: string, ...values: unknown[]) => (await client.query(text, values)).rows as A,
  order: {
    update: async ({ where, data }: Where & { data: { shipped: boolean } }) => {
      await client.query('update orders set shipped = $2 where reference = $1', [where.reference, data.shipped])
    },
    upsert: async ({ create }: Where & { create: { reference: string }; update: object }) => {
      await client.query('insert into orders (reference) values ($1) on conflict do nothing', [create.reference])
    },
    findUniqueOrThrow: async ({ where }: Where): Promise<Order> => {
      const { rows } = await client.query('select * from orders where reference = $1', [where.reference])
      if (!rows[0]) throw new Error('No record was found')
      return rows[0]
    },
  },
})

export declare namespace Prisma {
  type TransactionClient = ReturnType<typeof methods>
}

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
await pool.query(
  'create table if not exists orders (reference text primary key, shipped boolean not null default false)',
)

export class PrismaClient {
  readonly order = methods(pool).order

  constructor({ adapter }: { adapter: object }) {
    if (!adapter) throw new Error('PrismaClient needs an adapter')
  }

  async $transaction<A>(
    run: (tx: Prisma.TransactionClient) => Promise<A>,
    { isolationLevel }: { isolationLevel: 'ReadCommitted' },
  ): Promise<A> {
    const client = await pool.connect()
    try {
      await client.query(`begin isolation level ${isolationLevel.replace('C', ' c')}`)
      const result = await run(methods(client))
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }
}
