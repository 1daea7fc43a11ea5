import type { ProviderDefinition } from '@railswitch/core/provider'
import { createTrustlyDirect, type TrustlyDirectOptions } from '@railswitch/trustly-direct'
import type { ProviderUnderTest } from '../../provider-under-test.ts'
import { transportTo } from './sandbox-platform.ts'
import { openTrustly, trustlyControl, trustlyCurrencies } from './trustly-control.ts'

const definition: ProviderDefinition = {
  use: 'trustly-direct',
  variables: {},
  create: (options, ports) => createTrustlyDirect(options as unknown as TrustlyDirectOptions, ports),
}

/** Trustly's provider, with Trustly's sandbox in this process. */
export const trustlyUnderTest: ProviderUnderTest = {
  name: 'trustly-direct',
  open: async (ports) => {
    const sandbox = await openTrustly(ports)
    const { trustly } = sandbox
    const { username, password, privateKey } = trustly.merchant
    return {
      definition,
      options: {
        environment: 'local',
        url: trustly.url,
        publicKey: trustly.publicKey,
        username,
        password,
        privateKey,
      },
      transport: transportTo(sandbox),
      vendor: trustlyControl(trustly),
      samples: {
        country: 'SE',
        locale: 'sv-SE',
        currency: 'SEK',
        currencies: trustlyCurrencies,
        bankAccount: { country: 'SE', bankNumber: '6112', accountNumber: '69706212' },
        askIdentity: { 'trustly-direct': { Attributes: { RequestKYC: '1' } } },
        mandateMarkets: [
          { country: 'SE', currency: 'SEK', moves: false },
          { country: 'GB', currency: 'GBP', moves: true },
        ],
        mistakes: [
          { option: 'environment', value: 'production' },
          { option: 'url', value: 'not an address' },
          { option: 'username', value: '' },
          { option: 'password', value: '' },
          { option: 'privateKey', value: 'not a key' },
          { option: 'publicKey', value: 'not a key' },
          { option: 'timeoutMs', value: -1 },
        ],
        required: ['environment', 'username', 'password', 'privateKey'],
        secrets: ['password', 'privateKey'],
      },
      close: sandbox.close,
    }
  },
}
