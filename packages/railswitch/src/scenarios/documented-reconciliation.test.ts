import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Payments } from '../payments.ts'
import type { BookRow } from '../reconcile/books/match-lines.ts'
import { periodAtTrustly } from './__fixtures__/period-at-trustly.ts'
import { sek } from './__fixtures__/shop-at-trustly.ts'

interface Example {
  closeBooks(payments: Payments, rows: (day: string) => Promise<readonly BookRow[]>): Promise<readonly string[]>
}

const here = dirname(fileURLToPath(import.meta.url))
const page = readFileSync(join(here, '../../../../docs/reconciliation.md'), 'utf8')
const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(page) ?? []
const [, printed = ''] = /```text\n([\s\S]*?)```/.exec(page) ?? []

const folder = mkdtempSync(join(here, '.readme-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the worked example of docs/reconciliation.md prints what the page shows', async () => {
  const { payments, trustly, at, pay, orderOf, reports, close } = await periodAtTrustly(
    '2026-03-02T09:00:00Z',
    'trustly',
  )
  trustly.change({ fee: '1.00' })
  const payment = await pay('order-1', '249.90')
  at('2026-03-02T10:00:00Z')
  trustly.fund('100.00', 'SEK')
  at('2026-03-02T11:00:00Z')
  await payments.refund({ payment, reference: 'refund-1', amount: sek('49.90') })
  at('2026-03-03T05:30:00Z')
  trustly.automaticSettlement('2026-03-03')
  at('2026-03-03T09:00:00Z')
  await pay('order-2')
  at('2026-03-03T10:00:00Z')
  const ordered = await payments.native('trustly', 'trustly-direct').deposit(
    {
      NotificationURL: 'https://other.example/callback',
      EndUserID: 'customer-9',
      MessageID: 'other-1',
      Attributes: {
        Amount: '70.00',
        Currency: 'SEK',
        Country: 'SE',
        Locale: 'sv_SE',
        Firstname: 'Ada',
        Lastname: 'Byron',
        Email: 'ada@customer.example',
        MobilePhone: '+46701234567',
        ShopperStatement: 'OTHER',
        SuccessURL: 'https://other.example/',
        FailURL: 'https://other.example/',
      },
    },
    { uuid: '258a2184-2842-4485-a5ca-293525152425' },
  )()
  expect(ordered).toMatchObject({ _tag: 'Right' })
  trustly.complete(orderOf('other-1'), { notify: ['credit'] })
  at('2026-03-20T09:00:00Z')

  const rows = async (day: string): Promise<readonly BookRow[]> =>
    day !== '2026-03-02'
      ? []
      : [
          { reference: 'order-1', kind: 'payment', amount: sek('249.90') },
          { reference: 'refund-1', kind: 'refund', amount: sek('49.90') },
        ]
  const file = join(folder, 'example.ts')
  writeFileSync(file, code)
  const { closeBooks }: Example = await import(file)
  const found = await closeBooks(payments, rows)
  expect(found).toEqual(printed.trimEnd().replace('<order>', orderOf('other-1')).split('\n'))

  const { ledger } = await reports('2026-03-02', '2026-03-03')
  const amounts = Object.values(ledger).flatMap((lines) => lines.map(({ kind, amount }) => `${kind} ${Number(amount)}`))
  const documented = [...page.matchAll(/^\|[^|]*\|[^|]*\| (-?[\d.]+) +\| `(\w+)`/gm)].map(
    ([, amount, kind]) => `${kind} ${Number(amount)}`,
  )
  expect(amounts).toEqual(documented)
  await close()
}, 30_000)
