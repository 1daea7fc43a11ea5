import { depositOf, requestOf, rules } from './material.ts'
import { embeddedStore } from '../embedded.ts'

// Uses the given folder, sends a message about what it has done, and runs until it is killed.
try {
  const store = embeddedStore({ folder: process.argv[2] ?? '' })
  await store.begin(requestOf(depositOf('order-1')), rules)
  await (await store.database()).exec(`create table orders (reference text); insert into orders values ('order-1')`)
  process.send?.('begun')
} catch (error) {
  process.send?.(error instanceof Error ? error.message : 'unreadable')
}
process.on('message', () => {})
