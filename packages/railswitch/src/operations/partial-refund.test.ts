import { accepted, bank, creditedAt } from '../scenarios/__fixtures__/bank.ts'

const why = 'this bank refunds only the whole'

/** A bank that refunds only the whole, with a credited deposit of 100.00 EUR. */
const shop = async () => {
  const sent: string[] = []
  const rail = bank(
    async ({ intent }) => {
      sent.push(intent.expect.value)
      return accepted
    },
    {
      capabilities: { deposit: { yes: true }, refund: { yes: true }, 'refund.partial': { yes: false, why } },
    },
  )
  return { ...(await creditedAt(rail)), sent }
}

test('a partial refund is refused with the reason of the rail, and nothing is sent', async () => {
  const { payments, refund, sent } = await shop()
  const partial = { ...refund, amount: { value: '40.00', currency: 'EUR' } }
  await expect(payments.refund(partial)).rejects.toMatchObject({ code: 'unsupported', effect: 'not_sent', hint: why })
  expect(sent).toEqual([])
})

test('the whole is refunded, and a repeated call returns its result', async () => {
  const { payments, refund, sent } = await shop()
  expect(await payments.refund(refund)).toMatchObject({ status: 'accepted' })
  expect(await payments.refund(refund)).toMatchObject({ status: 'accepted' })
  expect(sent).toEqual(['100.00'])
})

test('after a partial refund was refused, the whole can be refunded under the same reference', async () => {
  const { payments, refund, sent } = await shop()
  await expect(payments.refund({ ...refund, amount: { value: '40.00', currency: 'EUR' } })).rejects.toThrow()
  expect(await payments.refund(refund)).toMatchObject({ status: 'accepted' })
  expect(sent).toEqual(['100.00'])
})
