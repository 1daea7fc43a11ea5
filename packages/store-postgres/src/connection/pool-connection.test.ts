import { type PrivatePostgres, postgresMissing, startPrivatePostgres } from '../__fixtures__/private-postgres.ts'
import { poolConnection } from './pool-connection.ts'

const onPostgres = postgresMissing ? describe.skip : describe

onPostgres(`a pool of pg${postgresMissing ? ` (${postgresMissing})` : ''}`, () => {
  let server: PrivatePostgres
  beforeAll(async () => {
    server = await startPrivatePostgres()
  })
  afterAll(() => server?.remove())

  test('fails the call whose connection breaks between two statements, and no other call', async () => {
    const pool = server.connect()
    const connection = poolConnection(pool)
    const broken = connection.transaction(async (tx) => {
      await connection.query(tx, 'select pg_terminate_backend(pg_backend_pid())::text', [])
    })
    await expect(broken).rejects.toThrow('terminating connection')
    expect(await connection.transaction(async (tx) => connection.query(tx, 'select 1 as one', []))).toEqual([
      { one: 1 },
    ])
  })
})
