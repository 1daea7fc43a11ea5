import { generateKeyPairSync, sign } from 'node:crypto'
import { type CallbackRequest, type CallbackResponse, type Either, isLeft, type PaymentError, type Signer } from '@railswitch/core/provider'
import type { TrustlyClient, TrustlyDirectOptions, TrustlyProviderOptions } from '../index.ts'

/** The examples of docs/providers/trustly-direct.md: each region is shown there as it stands here, and run by its test. */
export const examples = async (trustly: TrustlyClient, uuid: string, delivery: CallbackRequest) => {
  // #region native
  const charged = await trustly.charge(
    {
      NotificationURL: 'https://shop.example/trustly/charges/9f2c',
      EndUserID: 'c-77',
      MessageID: 'charge-1',
      AccountID: '7653385737',
      Amount: '25.00',
      Currency: 'SEK',
      Attributes: { ShopperStatement: 'SHOP', Email: 'asa@shop.example' },
    },
    { uuid }, // yours, stored before the call: Trustly repeats its response to the same UUID, and does not charge twice
  )()
  if (isLeft(charged)) throw charged.left
  const { result, orderid, rejected } = charged.right // result '0' is a rejection, and `rejected` may say why
  // #endregion

  // #region notification
  const received = trustly.verifyNotification(delivery) // { body, contentType } as received at your NotificationURL
  if (isLeft(received)) throw received.left // not from Trustly: respond with 400
  const { method, data } = received.right
  const reply = await received.right.acknowledge(method === 'debit' ? 'FAILED' : 'OK')() // after you have stored `data`
  // #endregion

  // #region ledger
  const fees: string[] = []
  for await (const line of trustly.reports.ledger({ from: '2026-11-01', until: '2026-12-01', currency: 'EUR' }))
    if (line.account.startsWith('TRANSACTION_FEE')) fees.push(line.amount) // exact: '-3.01'
  // #endregion

  // #region options
  const providerOptions: { 'trustly-direct': TrustlyProviderOptions } = {
    'trustly-direct': { Attributes: { RequestKYC: '1', URLTarget: '_top', NationalIdentificationNumber: '790131-1234' } },
  }
  // #endregion
  const acknowledged: Either<PaymentError, CallbackResponse> = reply
  return { result, orderid, rejected, data, reply: acknowledged, fees, providerOptions }
}

/** A rail whose key is in a stand-in for a KMS. */
export const signerExample = ({ username, password }: { readonly username: string; readonly password: string }) => {
  // #region signer
  const kms = generateKeyPairSync('rsa', { modulusLength: 2048 }) // stands in for a KMS, which never gives its private key away
  const signer: Signer = {
    sign: async (bytes, { hash }) => sign(hash, bytes, kms.privateKey),
  }
  const trustly: TrustlyDirectOptions = {
    environment: 'test',
    username,
    password,
    signer, // instead of `privateKey`
    registeredPublicKey: kms.publicKey.export({ type: 'spki', format: 'pem' }).toString(), // the one that Trustly has
    signature: 'rs256',
  }
  // #endregion
  return { trustly, publicKey: kms.publicKey }
}
