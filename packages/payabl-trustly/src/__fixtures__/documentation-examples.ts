import { isLeft, type PaymentRef } from '@railswitch/core/provider'
import { diagnoseRequest } from '../for-diagnostics.ts'
import { type PayablClient, type PayablProviderOptions } from '../index.ts'

/** The examples of docs/providers/payabl-trustly.md: each region is shown there as it stands here, and run by its test. */
export const examples = async (payabl: PayablClient, body: string, payment: PaymentRef) => {
  // #region payouts
  const toDepositor = { to: { payment }, customer: { id: 'c-77' } } // `payment` as returned by deposit()
  const toAccount = {
    to: { account: { country: 'SE', accountNumber: '69706212', bankNumber: '6112' } }, // or only an IBAN
    customer: { id: 'c-77', firstName: 'Åsa', lastName: 'Öberg', email: 'asa@shop.example', dateOfBirth: '1979-01-31' },
  }
  // #endregion

  // #region native
  const listed: string[] = []
  for await (const { order_id, amount, currency } of payabl.list('chb', { from: '2026-01-01', to: '2026-01-31' }))
    listed.push(`${order_id} ${amount} ${currency}`)

  const diagnosed = await payabl.diagnose({ type: 'tx', transactionid: '104837274' })()
  if (isLeft(diagnosed)) throw diagnosed.left // a PaymentError
  const [transaction] = diagnosed.right.transactions // its steps do not distinguish credited from not credited yet
  // #endregion

  // #region diagnostics
  const diagnostics = diagnoseRequest(body, { secrets: ['b185'] }) // the sandbox's public secret
  if (isLeft(diagnostics)) throw new Error(diagnostics.left.reason)
  const excluded = diagnostics.right.causes.filter(({ finding }) => finding === 'excluded').map(({ cause }) => cause)
  // #endregion

  // #region options
  const providerOptions: { 'payabl-trustly': PayablProviderOptions } = {
    'payabl-trustly': { parameters: { custom1: 'campaign-7', birthday: '31011979' } },
  }
  // #endregion

  return { toDepositor, toAccount, listed, transaction, excluded, providerOptions }
}
