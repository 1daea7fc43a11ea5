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
