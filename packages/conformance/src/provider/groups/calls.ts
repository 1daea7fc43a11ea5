import { deepEqual, equal, notEqual, ok } from 'node:assert/strict'
import { isLeft, merchantReference, PaymentError, paymentRef } from '@railswitch/core'
import type { OperationCall } from '@railswitch/core/provider'
import { type Behaviour, has, replays, vendorCan } from '../behaviour.ts'
import { errorOf, expectState, letTimePass, untilSent } from '../world/expectations.ts'
import type { WireFault } from '../world/wire.ts'
import type { World } from '../world/world.ts'

const badGateway: WireFault = {
  instead: { status: 502, contentType: 'text/html', body: '<html><body><h1>502 Bad Gateway</h1></body></html>' },
}

/** A deposit whose response is lost or cannot be read, and which the vendor has executed. */
const afterFault = async (world: World, fault: WireFault): Promise<PaymentError | null> => {
  world.wire.strike(fault)
  try {
    await world.deposit()
    return null
  } catch (error) {
    if (!(error instanceof PaymentError)) throw error
    return error
  } finally {
    world.wire.repair()
  }
}

const mayHaveHappened = (id: string, fault: WireFault, says: string): Behaviour => ({
  id,
  says,
  because: 'a deposit that is taken for failed and was opened may still be paid, and nobody ships it',
  run: async (world) => {
    const error = await afterFault(world, fault)
    ok(error, 'the call must fail')
    equal(error.effect, 'may_have_happened', `the effect is ${error.effect}`)
  },
})

/** A call of the provider without the engine. */
const directCall = (world: World, more: Partial<OperationCall> = {}) => {
  const input = world.depositInput('order-1')
  const callbackUrl = 'https://shop.example/callbacks/rail/token'
  const intent = {
    kind: 'deposit',
    rail: 'rail',
    reference: 'order-1',
    attempt: 1,
    expect: input.amount,
    settings: { callbackUrl, statement: 'SHOP' },
  } as const
  const recorded = {
    intent,
    fingerprint: 'f',
    begunAt: world.time.now().toISOString(),
    resumed: false,
    conclusion: null,
    vendorIds: [],
  }
  const call: OperationCall = {
    intent,
    record: { key: 'r', intents: [recorded], reports: [], emitted: [] },
    callbackUrl,
    resumed: false,
    signal: new AbortController().signal,
    ...more,
  }
  const operation = world.provider.operations.deposit
  if (!operation) throw new Error('the provider has no operation for deposits')
  return operation({ ...input, statement: 'SHOP' }, call)
}

/** How a call is sent, and what its failures mean. */
export const callBehaviours: readonly Behaviour[] = [
  {
    id: 'CALL-001',
    says: 'sends nothing before a task is run',
    because: 'an operation must be stored before a byte of it is sent',
    run: async (world) => {
      const task = directCall(world)
      await new Promise((resolve) => setImmediate(resolve))
      equal(world.wire.requests.length, 0, 'the operation sent a request before it was run')
      equal(typeof task, 'function')
    },
  },
  {
    id: 'CALL-002',
    says: 'opens exactly one order for a deposit, with its reference and its money',
    because: 'a second order can be paid a second time',
    run: async (world) => {
      await world.deposit('order-1', { amount: world.money('99.95') })
      const { reference, money } = world.order('order-1')
      equal(reference, 'order-1')
      deepEqual(money, world.money('99.95'))
    },
  },
  {
    id: 'CALL-003',
    says: 'returns the vendor ids of the response',
    because: 'the vendor id decides which payment a callback belongs to',
    run: async (world) => {
      await world.deposit()
      const [recorded] = (await world.record('order-1')).intents
      ok(recorded && recorded.vendorIds.length > 0, 'the response to a deposit must teach a vendor id')
      ok(recorded.vendorIds.every((id) => typeof id === 'string' && id !== ''))
    },
  },
  {
    id: 'CALL-004',
    says: 'returns the payment ref of its intent',
    because: 'the application stores it, and refunds with it',
    run: async (world) => {
      const { payment } = await world.deposit()
      equal(payment, paymentRef({ rail: 'rail', kind: 'deposit', reference: 'order-1', attempt: 1 }))
    },
  },
  {
    id: 'CALL-005',
    says: 'returns an absolute redirect address, different for each deposit',
    because: 'a customer who pays the order of somebody else does not get the goods',
    run: async (world) => {
      const first = await world.deposit('order-1')
      const second = await world.deposit('order-2')
      for (const { redirectUrl } of [first, second]) ok(URL.canParse(redirectUrl), 'redirectUrl must be absolute')
      notEqual(first.redirectUrl, second.redirectUrl)
    },
  },
  {
    id: 'CALL-006',
    says: 'reports a refused connection as not sent, and the same call works afterwards',
    because: 'an order that was never opened can be opened again without the risk of a second one',
    run: async (world) => {
      const error = await afterFault(world, 'refused')
      equal(error?.effect, 'not_sent', `the effect is ${error?.effect}`)
      equal(error.retry, 'same_attempt')
      await world.deposit()
      world.order('order-1')
    },
  },
  mayHaveHappened(
    'CALL-007',
    'response lost',
    'reports a deposit whose response was lost as one that may have happened',
  ),
  mayHaveHappened('CALL-008', 'request lost', 'reports a deposit that never arrived as one that may have happened'),
  mayHaveHappened('CALL-009', badGateway, "does not take a proxy's error page for the vendor's refusal"),
  mayHaveHappened('CALL-010', 'response cut', 'reports a deposit whose response was cut as one that may have happened'),
  mayHaveHappened(
    'CALL-011',
    { instead: { status: 200, contentType: 'application/json', body: '' } },
    'does not take an empty response for a success or a refusal',
  ),
  mayHaveHappened(
    'CALL-012',
    { instead: { status: 404, contentType: 'text/plain', body: 'not found' } },
    "does not take a gateway's 404 for the vendor's refusal",
  ),
  mayHaveHappened(
    'CALL-013',
    { instead: { status: 200, contentType: 'application/json', body: '{"result":{}}' } },
    'does not take a body that the vendor did not write for a success or a refusal',
  ),
  {
    id: 'CALL-014',
    says: 'repeats an unanswered call with identical bytes, so that the vendor has one order',
    because: 'a vendor recognises a repetition only by its bytes, and executes anything else again',
    applies: [replays(true)],
    run: async (world) => {
      await afterFault(world, 'response lost')
      await world.deposit()
      world.order('order-1')
      const [first, ...others] = world.wire.requests
      for (const { body } of others) deepEqual(Buffer.from(body).toString(), Buffer.from(first?.body ?? []).toString())
    },
  },
  {
    id: 'CALL-015',
    says: 'never sends an unanswered call again',
    because: 'a vendor that does not recognise repeated requests executes both',
    applies: [replays(false)],
    run: async (world) => {
      await afterFault(world, 'response lost')
      const sent = world.orders('order-1').length
      const error = await errorOf(world.deposit())
      equal(error.code, 'in_progress')
      equal(sent, 1)
      await letTimePass(world)
      equal(world.orders('order-1').length, 1, 'the vendor must have one order')
    },
  },
  {
    id: 'CALL-016',
    says: 'repeats an unanswered call with identical bytes after a restart',
    because: 'the process that repeats a call is often not the one that began it',
    applies: [replays(true)],
    run: async (world) => {
      await afterFault(world, 'response lost')
      const before = world.wire.requests.length
      await world.advance(3 * 3_600_000)
      world.restart(world.create())
      await world.deposit()
      const bytes = (index: number): string => Buffer.from(world.wire.requests[index]?.body ?? []).toString()
      equal(bytes(before), bytes(0))
      world.order('order-1')
    },
  },
  {
    id: 'CALL-017',
    says: 'returns the same checkout for a repeated call',
    because: 'a customer with two checkouts of one order can pay twice',
    run: async (world) => {
      const first = await world.deposit()
      const second = await world.deposit()
      equal(second.redirectUrl, first.redirectUrl)
      world.order('order-1')
    },
  },
  {
    id: 'CALL-018',
    says: 'gives the second attempt of a deposit an id of its own at the vendor',
    because: 'a vendor takes an order with the same id for a repetition of the first one',
    run: async (world) => {
      await world.deposit()
      await world.vendor.cancel('order-1')
      await world.deposit('order-1', { attempt: 2 })
      equal(world.orders('order-1', 1).length, 1)
      equal(world.orders('order-1', 2).length, 1)
      equal(world.order('order-1', 2).reference, merchantReference({ reference: 'order-1', attempt: 2 }))
    },
  },
  {
    id: 'CALL-019',
    says: 'ends a call whose signal is aborted, and reports that it may have happened',
    because: 'a call that never ends keeps its payment locked',
    run: async (world) => {
      world.wire.strike('hangs')
      const controller = new AbortController()
      const running = directCall(world, { signal: controller.signal })()
      await untilSent(world)
      controller.abort()
      const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 1_000).unref())
      const result = await Promise.race([running, late])
      ok(result !== 'late', 'the call did not end when its signal was aborted')
      ok(isLeft(result))
      equal(result.left.effect, 'may_have_happened')
    },
  },
  {
    id: 'CALL-020',
    says: 'sends nothing, or ends at once, if its signal is already aborted',
    because: 'a shop that shuts down must not open an order that nobody waits for',
    run: async (world) => {
      world.wire.strike('hangs')
      const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 1_000).unref())
      const result = await Promise.race([directCall(world, { signal: AbortSignal.abort() })(), late])
      ok(result !== 'late' && isLeft(result), 'an aborted call must fail')
      ok(result.left instanceof PaymentError)
    },
  },
  {
    id: 'CALL-021',
    says: 'never throws, whatever the vendor responds',
    because: 'an exception hides whether money may have moved',
    run: async (world) => {
      const bodies = ['null', '[]', '"x"', '{"error":null}', '<xml/>', '\u0000', 'a=b', '{'.repeat(10_000)]
      for (const status of [200, 204, 302, 400, 401, 500])
        for (const body of bodies) {
          world.wire.strike({ instead: { status, contentType: 'application/json', body } })
          const result = await directCall(world)()
          ok(isLeft(result) && result.left instanceof PaymentError, `HTTP ${status} with ${body.slice(0, 20)}`)
        }
    },
  },
  {
    id: 'CALL-022',
    says: 'limits the time of each request, to at most two minutes',
    because: 'a call without a limit waits for ever, and the customer with it',
    run: async (world) => {
      await world.deposit()
      for (const { timeoutMs } of world.wire.requests)
        ok(timeoutMs > 0 && timeoutMs <= 120_000, `the limit is ${timeoutMs} ms`)
    },
  },
  {
    id: 'CALL-023',
    says: "reports the vendor's refusal of a customer as declined and refused, with the vendor's own code",
    because: 'the application may try another way of payment, because nothing was opened',
    applies: [vendorCan('decline')],
    run: async (world) => {
      world.vendor.decline?.()
      const error = await errorOf(world.deposit())
      equal(error.effect, 'refused')
      equal(error.code, 'declined')
      ok(error.vendor && error.vendor.code !== '', "the vendor's code must be in the error")
      equal(world.orders('order-1').length, 0)
    },
  },
  {
    id: 'CALL-024',
    says: "reports the vendor's refusal of the account as misconfigured and refused",
    because: 'an operator must correct it; the customer cannot',
    applies: [vendorCan('misconfigure')],
    run: async (world) => {
      world.vendor.misconfigure?.()
      const error = await errorOf(world.deposit())
      equal(error.effect, 'refused')
      equal(error.code, 'misconfigured')
    },
  },
  {
    id: 'CALL-025',
    says: 'opens a second attempt after a refusal',
    because: 'a refused order was not opened, and the customer still wants to pay',
    applies: [vendorCan('misconfigure')],
    run: async (world) => {
      world.vendor.misconfigure?.()
      await errorOf(world.deposit())
      world.vendor.acceptAgain?.()
      await world.deposit('order-1', { attempt: 2 })
      await world.vendor.credit(merchantReference({ reference: 'order-1', attempt: 2 }))
      await expectState(world, 'order-1', 'credited')
    },
  },
  {
    id: 'CALL-026',
    says: 'does not take a refusal of a repeated call for the refusal of the first one',
    because: 'the first call may have opened the order before the vendor began to refuse',
    applies: [vendorCan('misconfigure')],
    run: async (world) => {
      await afterFault(world, 'response lost')
      world.vendor.misconfigure?.()
      const error = await errorOf(world.deposit())
      equal(error.effect, 'may_have_happened', `the effect is ${error.effect}`)
      world.vendor.acceptAgain?.()
      await world.vendor.credit('order-1')
      await expectState(world, 'order-1', 'credited')
    },
  },
  {
    id: 'CALL-027',
    says: 'does not take a refused connection of a repeated call for a call that was never sent',
    because: 'the first call may have opened the order',
    run: async (world) => {
      await afterFault(world, 'response lost')
      world.wire.strike('refused')
      const error = await errorOf(world.deposit())
      equal(error.effect, 'may_have_happened', `the effect is ${error.effect}`)
      world.wire.repair()
      await world.vendor.credit('order-1')
      await expectState(world, 'order-1', 'credited')
    },
  },
  {
    id: 'CALL-028',
    says: 'names the fields of a deposit that it needs, and accepts a deposit with them',
    because: 'a form that asks for these fields must be enough for every rail',
    applies: [has('requirements')],
    run: async (world) => {
      const { country, currency } = world.samples
      const { fields, refused } = world.provider.requirements?.('deposit', { country, currency }) ?? { fields: [] }
      equal(refused, undefined, `the samples are refused: ${refused}`)
      const known = ['reference', 'amount', 'customer', 'returnUrl', 'statement', 'providerOptions']
      for (const field of fields) ok(known.includes(field.split('.')[0] ?? ''), `${field} is not a field of a deposit`)
      for (const field of ['reference', 'amount']) ok(fields.includes(field), `${field} is missing`)
      await world.deposit()
    },
  },
  {
    id: 'CALL-029',
    says: 'refuses a market that it does not serve with a reason, in `requirements`',
    because: 'a shop must know before the checkout which rail can take the money',
    applies: [has('requirements')],
    run: async ({ provider }) => {
      const { refused } = provider.requirements?.('deposit', { country: 'JP', currency: 'JPY' }) ?? {}
      ok(refused !== undefined && /\s/.test(refused), 'a market that is not served must be refused with a sentence')
    },
  },
  {
    id: 'CALL-030',
    says: 'refuses a deposit in a currency that it does not serve before anything is sent',
    because: 'a vendor may execute an order that it does not understand',
    run: async (world) => {
      const amount = { value: '1000', currency: 'JPY' }
      const error = await errorOf(world.deposit('order-1', { amount }))
      ok(error.effect === 'not_sent' || error.effect === 'refused', `the effect is ${error.effect}`)
      equal(world.orders('order-1').length, 0)
    },
  },
  {
    id: 'CALL-031',
    says: 'says whether the same call may be repeated after a lost response: only if the vendor recognises it',
    because:
      'an application does what `retry` says: `same_attempt` is safe where a repetition is no second order, and nowhere else',
    run: async (world) => {
      world.wire.strike('response lost')
      const error = await errorOf(world.deposit())
      equal(error.retry, world.provider.replays ? 'same_attempt' : 'after_lookup')
    },
  },
]
