import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type DepositInput, PaymentError, type PaymentErrorData, type Payments, type RefundInput } from 'railswitch'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../../..')

/** Pages whose examples are modules of their own. */
const pages = ['errors.md', 'faq.md', 'going-live.md', 'migrating.md', 'switching.md'].filter((page) =>
  readdirSync(join(root, 'docs')).includes(page),
)

const examplesOf = (page: string): readonly string[] =>
  [...readFileSync(join(root, 'docs', page), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = '']) => code)

let folder = ''
const fileOf = (page: string, index: number): string => join(folder, `${page.replace('.md', '')}-${index + 1}.ts`)

beforeAll(() => {
  folder = mkdtempSync(join(here, '.readme-'))
  for (const page of pages)
    examplesOf(page).forEach((code, index) => {
      writeFileSync(fileOf(page, index), code)
    })
  const extended = join(root, 'tsconfig.base.json')
  const compilerOptions = { composite: false, declaration: false, declarationMap: false, noEmit: true }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: extended, compilerOptions, include: ['*.ts'] }),
  )
})

afterAll(() => rmSync(folder, { recursive: true }))

test('the examples of the pages compile', async () => {
  expect(examplesOf('errors.md')).toHaveLength(2)
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const faults = await promisify(execFile)(process.execPath, [tsc, '-p', folder], { cwd: folder }).then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  )
  expect(faults).toBe('')
})

const failing = (data: Pick<PaymentErrorData, 'code' | 'effect' | 'retry'>) =>
  new PaymentError({ message: 'It failed.', hint: 'Look.', ...data })

describe('the examples of docs/errors.md', () => {
  const lost = failing({ code: 'no_valid_response', effect: 'may_have_happened', retry: 'after_lookup' })

  /** The attempts that `openCheckout` uses, and what it returns, if each call in turn has one of these results. */
  const checkout = async (results: readonly (PaymentError | string)[], state = 'pending', attempt = 1) => {
    const { openCheckout } = await import(fileOf('errors.md', 0))
    const attempts: (number | undefined)[] = []
    const deposit = async (input: DepositInput) => {
      const result = results[attempts.length]
      attempts.push(input.attempt)
      if (typeof result !== 'string') throw result
      return { redirectUrl: result }
    }
    const getDeposit = async () => ({ state })
    const write = console.error
    console.error = () => {}
    const step = await openCheckout(
      { deposit, getDeposit } as unknown as Payments,
      { reference: 'order-1' },
      attempt,
    ).finally(() => {
      console.error = write
    })
    return { attempts, step }
  }

  test('a checkout whose response is lost is opened with a further attempt, which is returned', async () => {
    const { attempts, step } = await checkout([lost, 'https://vendor.example/2'])
    expect({ attempts, step }).toEqual({ attempts: [1, 2], step: { attempt: 2, redirect: 'https://vendor.example/2' } })
  })

  test('the same attempt is repeated where the vendor recognises it', async () => {
    const { attempts } = await checkout([failing({ ...lost, retry: 'same_attempt' }), 'https://vendor.example/1'])
    expect(attempts).toEqual([1, 1])
  })

  test('a checkout whose response is lost each time is called three times, whatever the attempt', async () => {
    const again = failing({ ...lost, retry: 'same_attempt' })
    expect(await checkout([again, again, again, again], 'pending', 7)).toEqual({
      attempts: [7, 7, 7],
      step: { attempt: 7, show: 'try_again_later' },
    })
  })

  test.each([
    [{ code: 'conflict', effect: 'not_sent', retry: 'never' }, 'credited', { attempt: 1, show: 'paid_already' }],
    [{ code: 'conflict', effect: 'not_sent', retry: 'never' }, 'not_credited_yet', { attempt: 1, show: 'processing' }],
    [{ code: 'conflict', effect: 'not_sent', retry: 'never' }, 'reversed', { attempt: 1, show: 'try_again_later' }],
    [
      { code: 'declined', effect: 'refused', retry: 'next_attempt' },
      'pending',
      { attempt: 2, show: 'choose_another_way' },
    ],
    [
      { code: 'unreachable', effect: 'not_sent', retry: 'same_attempt' },
      'pending',
      { attempt: 1, show: 'try_again_later' },
    ],
  ] as const)('%j of a deposit that is %s is %j', async (data, state, step) => {
    expect(await checkout([failing(data)], state)).toEqual({ attempts: [1], step })
  })

  test.each([
    ['accepted', 'done'],
    ['unknown', 'same_call_later'],
    [failing({ code: 'store_failed', effect: 'not_sent', retry: 'same_attempt' }), 'same_call_later'],
    [failing({ code: 'declined', effect: 'refused', retry: 'next_attempt' }), 'next_attempt_later'],
    [failing({ code: 'exceeds_refundable', effect: 'not_sent', retry: 'never' }), 'give_up'],
  ] as const)('a refund with the result %s is %s', async (result, work) => {
    const { sendRefund } = await import(fileOf('errors.md', 1))
    const refund = async (_input: RefundInput) => {
      if (result instanceof PaymentError) throw result
      return { status: result }
    }
    expect(await sendRefund({ refund } as unknown as Payments, {} as RefundInput)).toBe(work)
  })
})

describe('the examples of docs/migrating.md', () => {
  test('orders are imported as credited, and those that the vendor does not confirm are listed', async () => {
    const { importOrders } = await import(fileOf('migrating.md', 0))
    const importPayment = async (input: object) => ({ confirmed: JSON.stringify(input).includes('"9594811343"') })
    const order = { amount: '100.00', currency: 'SEK', paidAt: '2026-03-02T10:15:00Z' }
    const orders = [
      { number: 'order-1', vendorId: '9594811343', ...order },
      { number: 'order-2', vendorId: '9594811344', ...order },
    ]
    expect(await importOrders({ importPayment } as unknown as Payments, 'trustly', orders)).toEqual(['order-2'])
  })

  test('a notification is forwarded with its bytes', async () => {
    const { forwardOld } = await import(fileOf('migrating.md', 1))
    const web = async (request: Request) => new Response(`${new URL(request.url).pathname} ${await request.text()}`)
    const old = new Request('https://shop.example/old', { method: 'POST', body: '{"å": 1.0}' })
    const response: Response = await forwardOld({ callbacks: { web } } as unknown as Payments)(old)
    expect(await response.text()).toBe('/callbacks/trustly {"å": 1.0}')
  })
})

test('the example of docs/switching.md sends the stated share of the orders to the new rail', async () => {
  const { bucketOf } = await import(fileOf('switching.md', 1))
  const orders = Array.from({ length: 1000 }, (_order, index) => `order-${index}`)
  const share = orders.filter((order) => bucketOf(order) < 10).length
  expect(share).toBeGreaterThan(70)
  expect(share).toBeLessThan(130)
})
