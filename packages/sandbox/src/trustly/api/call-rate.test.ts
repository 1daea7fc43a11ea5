import { startMerchants } from '../../__fixtures__/trustly/merchants.ts'
import { ask } from '../../__fixtures__/trustly/shop.ts'
import type { Sandbox } from '../../index.ts'

let merchants: Awaited<ReturnType<typeof startMerchants>>
let sandbox: Sandbox

beforeAll(async () => {
  const began = new Date('2026-03-10T12:00:00Z')
  merchants = await startMerchants({ now: () => began })
})

beforeEach(async () => {
  sandbox = await merchants.next()
})

afterAll(() => merchants.close())

const hintOf = async (method: string, data = {}) => {
  expect((await ask(sandbox, method, data)).result).toBeDefined()
  return sandbox.trustly.requests().at(-1)?.hint
}

// Protocol/trustly.md, sections 3.13 and 3.14.
test('remarks on Balance more than once in 15 minutes, and answers', async () => {
  expect(await hintOf('Balance')).toBeUndefined()
  expect(await hintOf('Balance')).toBe('Balance more than once in 15 minutes')
  await sandbox.clock.move(15 * 60_000)
  expect(await hintOf('Balance')).toBeUndefined()
})

test('remarks on GetWithdrawals by order', async () => {
  expect(await hintOf('GetWithdrawals', { OrderID: '1' })).toBeUndefined()
  expect(await hintOf('GetWithdrawals', { OrderID: '2' })).toBeUndefined()
  expect(await hintOf('GetWithdrawals', { OrderID: '1' })).toBe('GetWithdrawals more than once in 15 minutes')
})

test('says why an answer is no, where the vendor does not', async () => {
  expect(await hintOf('Charge', { AccountID: '1234567890' })).toBe('ERROR_ACCOUNT_NOT_FOUND')
  expect(await hintOf('RegisterAccountPayout')).toBe('more than the balance')
  const { result } = await ask(sandbox, 'Withdraw', {}, { SuggestedAmount: '1.00' })
  expect(await hintOf('ApproveWithdrawal', { OrderID: result.data.orderid })).toBe('the withdrawal is created')
})
