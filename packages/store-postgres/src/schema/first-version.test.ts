import { type EmbeddedStore, embeddedStore } from '../embedded.ts'

let store: EmbeddedStore
beforeAll(async () => {
  store = embeddedStore()
  const database = await store.database()
  await database.exec(`
    insert into railswitch.payments (root_reference, updated_at) values ('order-1', now()), ('order-2', now());
    insert into railswitch.record_references select 'order-1', id from railswitch.payments where root_reference = 'order-1';
    ${intent('order-1', 1, 'ref-1', 'order-1')};
    insert into railswitch.vendor_ids select 'rail', 'v-1', id, 'ref-1', false from railswitch.payments where root_reference = 'order-1';
    ${report('order-1', 'rail', 'n-1')};
    insert into railswitch.payments (unowned_key, unowned, updated_at) values ('day', '{}', now())`)
})
afterAll(() => store.close())

/** Also if a statement takes too few locks. */
const refused: Readonly<Record<string, string>> = {
  'a second payment of one root': `insert into railswitch.payments (root_reference, updated_at) values ('order-1', now())`,
  'a second record of the unowned reports of one day': `insert into railswitch.payments (unowned_key, unowned, updated_at) values ('day', '{}', now())`,
  'a payment that is also a record of unowned reports': `insert into railswitch.payments (root_reference, unowned_key, unowned, updated_at) values ('order-3', 'other', '{}', now())`,
  'one reference for two payments': `insert into railswitch.record_references select 'order-1', id from railswitch.payments where root_reference = 'order-2'`,
  'one attempt twice': intent('order-1', 1, 'ref-2', 'order-1-again'),
  'one payment ref twice': intent('order-1', 2, 'ref-1', 'order-1_2'),
  'one merchant reference twice': intent('order-1', 2, 'ref-2', 'order-1'),
  'one vendor id for two payments': `insert into railswitch.vendor_ids select 'rail', 'v-1', id, 'ref-2', false from railswitch.payments where root_reference = 'order-2'`,
  'one report twice': report('order-2', 'rail', 'n-1'),
}

test.each(Object.entries(refused))('the tables themselves refuse %s', async (_, statement) => {
  const database = await store.database()
  await expect(database.query(statement)).rejects.toThrow(/violates (unique|check) constraint/)
})

test.each([
  ['report id', report('order-2', 'other', 'n-1')],
  [
    'vendor id',
    `insert into railswitch.vendor_ids select 'other', 'v-1', id, 'ref-2', false from railswitch.payments where root_reference = 'order-2'`,
  ],
])('another rail’s %s is another one', async (_, statement) => {
  const database = await store.database()
  expect((await database.query(statement)).affectedRows).toBe(1)
})

function intent(reference: string, attempt: number, ref: string, merchantReference: string): string {
  return `insert into railswitch.intents
      (payment_id, wire_reference, attempt, payment_ref, merchant_reference, intent, fingerprint, begun_at)
    select id, '${reference}', ${attempt}, '${ref}', '${merchantReference}', '{"rail":"rail","kind":"deposit"}', 'f', now()
    from railswitch.payments where root_reference = '${reference}'`
}

function report(root: string, rail: string, id: string): string {
  return `insert into railswitch.reports
      (payment_id, rail, report_id, vendor_id, intent, proof, report, is_unowned, received_at)
    select id, '${rail}', '${id}', 'v-1', null, 'signature', '{}', false, now() from railswitch.payments where root_reference = '${root}'`
}
