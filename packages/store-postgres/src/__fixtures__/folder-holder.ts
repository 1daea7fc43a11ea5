import { depositOf, requestOf, rules } from './material.ts'
import { embeddedStore } from '../embedded.ts'

// Works on the folder it is given, says what it has done, and stays until it is killed.
try {
  const store = embeddedStore({ folder: process.argv[2] ?? '' })
  await store.begin(requestOf(depositOf('order-1')), rules)
  await (await store.database()).exec(`create table orders (reference text); insert into orders values ('order-1')`)
  process.send?.('begun')
} catch (error) {
  process.send?.(error instanceof Error ? error.message : 'unreadable')
}
process.on('message', () => {})
