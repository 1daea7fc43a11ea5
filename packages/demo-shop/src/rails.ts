import type { RunningBank } from '@railswitch/meridian-provider/vendor'
import type { Sandbox } from '@railswitch/sandbox'

/** The environment variables of a deployment, with the addresses and credentials of the sandbox. */
export const environmentOf = (sandbox: Sandbox, active: 'trustly' | 'payabl'): Readonly<Record<string, string>> => ({
  RAILSWITCH_ACTIVE: active,
  RAILSWITCH_RAILS: 'trustly,payabl',
  RAILSWITCH_CALLBACK_SECRETS: 'demo-secret-that-nobody-else-may-use',
  RAILSWITCH_TRUSTLY_USE: 'trustly-direct',
  RAILSWITCH_TRUSTLY_ENVIRONMENT: 'local',
  RAILSWITCH_TRUSTLY_URL: sandbox.trustly.url,
  RAILSWITCH_TRUSTLY_PUBLIC_KEY: sandbox.trustly.publicKey,
  RAILSWITCH_TRUSTLY_USERNAME: sandbox.trustly.merchant.username,
  RAILSWITCH_TRUSTLY_PASSWORD: sandbox.trustly.merchant.password,
  RAILSWITCH_TRUSTLY_PRIVATE_KEY: sandbox.trustly.merchant.privateKey,
  RAILSWITCH_PAYABL_USE: 'payabl-trustly',
  RAILSWITCH_PAYABL_ENVIRONMENT: 'local',
  RAILSWITCH_PAYABL_URL: sandbox.payabl.url,
  RAILSWITCH_PAYABL_MERCHANT_ID: sandbox.payabl.merchant.merchantId,
  RAILSWITCH_PAYABL_SECRET: sandbox.payabl.merchant.secret,
})

/** The same deployment with a third rail, whose provider is not part of railswitch. */
export const withMeridian = (
  environment: Readonly<Record<string, string>>,
  { url, account }: RunningBank,
): Readonly<Record<string, string>> => ({
  ...environment,
  RAILSWITCH_RAILS: `${environment.RAILSWITCH_RAILS},meridian`,
  RAILSWITCH_MERIDIAN_USE: 'meridian',
  RAILSWITCH_MERIDIAN_ENVIRONMENT: 'local',
  RAILSWITCH_MERIDIAN_URL: url,
  RAILSWITCH_MERIDIAN_API_KEY: account.id,
  RAILSWITCH_MERIDIAN_SECRET: account.secrets.join(','),
})
