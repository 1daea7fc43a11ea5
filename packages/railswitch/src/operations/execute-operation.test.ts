import { inspect } from 'node:util'
import { memoryStore, paymentRef, railMissing } from '@railswitch/core'
import {
  depositDraft,
  depositInput,
  failed,
  type OperationOptions,
  operationUnderTest,
  refundOf,
} from './__fixtures__/operation-under-test.ts'
import { executeOperation } from './execute-operation.ts'

const payment = paymentRef(depositDraft)
const unsupported = { yes: false, why: 'not here' } as const
const noCapability = { deposit: unsupported, refund: unsupported, 'refund.partial': unsupported }

const deposit = async (
  options: OperationOptions = {},
  draft: Parameters<typeof executeOperation>[3] = depositDraft,
) => {
  const running = operationUnderTest(options)
  const run = () => executeOperation(running.context, 'deposit', depositInput, draft)()
  return { ...running, run, result: await run() }
}

/** A refund of a credited deposit. */
const refund = async (options: OperationOptions = {}) => {
  const running = operationUnderTest(options)
  await executeOperation(operationUnderTest({ store: running.store }).context, 'deposit', depositInput, depositDraft)()
  await running.credit(payment)
  const { input, draft } = refundOf(payment)
  const run = () => executeOperation(running.context, 'refund', input, draft)()
  return { ...running, run, result: await run() }
}

describe('a deposit', () => {
  test('is recorded before it is sent, with the callback address of its own token', async () => {
    const { store, result, sent } = await deposit()
    expect(result).toMatchObject({
      right: { payment, redirectUrl: 'https://bank.example/', rail: 'first', why: 'active' },
    })
    expect(sent[0]?.callbackUrl).toMatch(/^https:\/\/shop\.example\/callbacks\/first\/[\w.-]+$/)
    const recorded = (await store.find('order-1'))?.intents[0]
    expect(recorded).toMatchObject({ conclusion: { state: 'started' }, vendorIds: ['order of order-1'] })
    expect(recorded?.intent.settings.callbackUrl).toBe(sent[0]?.callbackUrl)
  })

  test('with the same reference returns the recorded result and sends nothing', async () => {
    const { run, sent, result } = await deposit()
    const again = await run()
    expect(sent).toHaveLength(1)
    expect(again).toMatchObject({ right: { ...('right' in result && result.right), why: 'recorded' } })
  })

  test('with the same reference and another input is a conflict', async () => {
    const { context, sent } = await deposit()
    const other = { ...depositInput, amount: { value: '9.00', currency: 'SEK' } }
    expect(await executeOperation(context, 'deposit', other, depositDraft)()).toMatchObject({
      left: { code: 'conflict' },
    })
    expect(sent).toHaveLength(1)
  })

  test('that was not sent leaves no intent', async () => {
    const { store, result } = await deposit({ deposit: () => failed('not_sent') })
    expect(result).toMatchObject({ left: { effect: 'not_sent' } })
    expect(await store.find('order-1')).toBeNull()
  })

  test('that was refused stays refused when it is repeated', async () => {
    const { run, sent, result } = await deposit({ deposit: () => failed('refused') })
    expect(result).toMatchObject({ left: { effect: 'refused', hint: 'none' } })
    expect(await run()).toMatchObject({ left: { effect: 'refused' } })
    expect(sent).toHaveLength(1)
  })

  test('that was refused and can be sent again names the next attempt', async () => {
    const { result } = await deposit({ deposit: () => failed('refused', 'next_attempt') })
    expect(result).toMatchObject({ left: { hint: expect.stringMatching(/^none .*`attempt: 2` sends it again\.$/) } })
  })

  test('without a response is repeated if the vendor responds to an identical request as before', async () => {
    const { run, sent } = await deposit({ deposit: () => failed('may_have_happened') })
    await run()
    expect(sent.map(({ resumed }) => resumed)).toEqual([false, true])
  })

  test('without a response is not sent again if the vendor would process it twice', async () => {
    const { run, sent } = await deposit({ deposit: () => failed('may_have_happened'), provider: { replays: false } })
    expect(await run()).toMatchObject({ left: { code: 'in_progress', retry: 'next_attempt' } })
    expect(sent).toHaveLength(1)
  })

  test('uses its recorded rail even if another rail is active now', async () => {
    const { context, sent } = await deposit()
    const draft = { ...depositDraft, rail: 'second' }
    expect(await executeOperation(context, 'deposit', depositInput, draft)()).toMatchObject({
      right: { rail: 'first', why: 'recorded' },
    })
    expect(sent).toHaveLength(1)
  })

  test.each<[string, OperationOptions, object]>([
    [
      'a rail that is not configured',
      { config: { rails: new Map() } },
      { code: 'rail_missing', message: railMissing('first').message },
    ],
    [
      'a rail without the capability',
      { provider: { capabilities: noCapability } },
      { code: 'unsupported', hint: 'not here' },
    ],
    [
      'a rail with a question that has no handler',
      { provider: { questions: { deposit: ['kyc.received'] } } },
      { code: 'handler_missing' },
    ],
  ])('for %s sends nothing and records nothing', async (_name, options, error) => {
    const { result, sent, store } = await deposit(options)
    expect(result).toMatchObject({ left: { ...error, effect: 'not_sent' } })
    expect(sent).toEqual([])
    expect(await store.find('order-1')).toBeNull()
  })

  test('whose store fails is not sent, and the error has the cause', async () => {
    const cause = new Error('the disk is full')
    const store = { ...memoryStore(), begin: () => Promise.reject(cause) }
    const { result, sent } = await deposit({ store })
    expect(result).toMatchObject({ left: { code: 'store_failed', effect: 'not_sent', cause } })
    expect(sent).toEqual([])
  })

  test('whose response cannot be recorded still returns it, and logs an error', async () => {
    const store = { ...memoryStore(), conclude: () => Promise.reject(new Error('gone')) }
    const { result, logs } = await deposit({ store })
    expect(result).toMatchObject({ right: { payment } })
    expect(logs).toContain('the store could not record a response')
  })

  test('whose provider throws may have happened', async () => {
    const thrown = Object.assign(new Error('marked-secret'), { config: { data: 'marked-secret' } })
    const deposits = () => {
      throw thrown
    }
    const { result, logs } = await deposit({ provider: { operations: { deposit: deposits } } })
    expect(result).toMatchObject({ left: { code: 'vendor_error', effect: 'may_have_happened' } })
    expect(logs).toContain('the provider threw an error')
    expect(inspect(result)).not.toContain('marked-secret')
  })
})

describe('money out', () => {
  test('whose response was lost is unknown, never an error', async () => {
    const { result } = await refund({ refund: () => failed('may_have_happened') })
    expect(result).toMatchObject({
      right: { status: 'unknown', resolveBy: 'replay', notBefore: '2026-01-01T00:00:00.000Z' },
    })
  })

  test.each<[string, OperationOptions['provider'], string]>([
    ['by a look-up', { replays: false, lookUp: () => async () => failed('not_sent') }, 'lookup'],
    ['by an operator', { replays: false }, 'operator'],
  ])('that cannot be repeated is resolved %s', async (_name, provider = {}, resolveBy) => {
    const { result } = await refund({ refund: () => failed('may_have_happened'), provider })
    const error = { effect: 'may_have_happened', hint: expect.stringContaining('could pay twice') }
    expect(result).toMatchObject({ right: { status: 'unknown', resolveBy, error } })
  })

  test('that was resumed and not sent this time stays unknown, because the earlier call may have arrived', async () => {
    let calls = 0
    const { run } = await refund({
      refund: () => {
        calls += 1
        return failed(calls === 1 ? 'may_have_happened' : 'not_sent')
      },
    })
    const error = { effect: 'may_have_happened', hint: expect.stringContaining('Repeat exactly the same call') }
    expect(await run()).toMatchObject({ right: { status: 'unknown', error } })
    expect(calls).toBe(2)
  })

  test('that is not stored is refused while the store is not reconciled', async () => {
    const { result, sent } = await refund({ config: { reconciled: false } })
    expect(result).toMatchObject({ left: { effect: 'not_sent', message: expect.stringContaining('not reconciled') } })
    expect(sent).toEqual([])
  })
})
