import { postgresStore } from '@railswitch/store-postgres'
import { embeddedStore } from '@railswitch/store-postgres/embedded'
import type { Anything, Mistake } from './mistake.ts'
import { create } from './shop-config.ts'

export const stores: readonly Mistake[] = [
  ['postgresStore without options', () => (postgresStore as Anything)(), ['pool', 'is required', '`transaction` and `query`']],
  ['postgresStore with nothing in it', () => postgresStore({} as Anything), ['pool', 'is required', 'a pool of pg']],
  ['postgresStore with a pool that is undefined', () => postgresStore({ pool: undefined } as Anything), ['pool', 'is required', 'a pool of pg']],
  ['postgresStore with the address of a database', () => postgresStore({ pool: 'postgres://marked' } as Anything), ['pool', 'must be a pool of pg', 'new pg.Pool']],
  ['postgresStore of the pool itself', () => postgresStore({ connect() {}, query() {} } as Anything), ['pool', 'is required', 'postgresStore({ pool })']],
  ['postgresStore without query', () => postgresStore({ transaction() {} } as Anything), ['query', 'must be a function', '`transaction` and `query`']],
  ['postgresStore of a single client', () => postgresStore({ pool: { connect: async () => undefined } } as Anything).find('x'), ['pool', 'not a client', 'new pg.Pool']],
  ['an impossible schema', () => postgresStore({ pool: { connect() {} }, schema: 'My Schema' } as Anything), ['schema', 'a-z 0-9 _', "use 'railswitch'"]],
  ['embeddedStore of a path', () => (embeddedStore as Anything)('./data'), ['options', 'must be an object', "{ folder: './data' }"]],
  ['a misspelt folder', () => embeddedStore({ path: './data' } as Anything), ['path', 'not a known field', "{ folder: './data' }"]],
  ['an empty folder', () => embeddedStore({ folder: '' }), ['folder', 'the path of a folder', "{ folder: './data' }"]],
  ['a folder that cannot be created', () => create({ store: embeddedStore({ folder: '/dev/null/data' }) }), ['store', 'cannot be created or written', 'may write']],
]
