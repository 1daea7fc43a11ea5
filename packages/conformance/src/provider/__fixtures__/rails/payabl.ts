import type { ProviderDefinition } from '@railswitch/core/provider'
import { createPayablTrustly, type PayablTrustlyOptions } from '@railswitch/payabl-trustly'
import type { ProviderUnderTest } from '../../provider-under-test.ts'
import { openPayabl, payablControl, payablCurrencies } from './payabl-control.ts'
import { transportTo } from './sandbox-platform.ts'

const definition: ProviderDefinition = {
  use: 'payabl-trustly',
  variables: {},
  create: (options, ports) => createPayablTrustly(options as unknown as PayablTrustlyOptions, ports),
}

/** payabl's provider, with payabl's sandbox in this process. */
export const payablUnderTest: ProviderUnderTest = {
  name: 'payabl-trustly',
  open: async (ports) => {
    const sandbox = await openPayabl(ports)
    const { payabl } = sandbox
    const { merchantId, secret } = payabl.merchant
    const options = { environment: 'local', url: payabl.url, merchantId, secret }
    return {
      definition,
      options,
      transport: transportTo(sandbox),
      vendor: payablControl(payabl, options),
      samples: {
        country: 'DE',
        locale: 'de-DE',
        currency: 'EUR',
        currencies: payablCurrencies,
        bankAccount: { country: 'DE', accountNumber: 'DE89370400440532013000' },
        mistakes: [
          { option: 'environment', value: 'production' },
          { option: 'url', value: 'not an address' },
          { option: 'merchantId', value: '' },
          { option: 'secret', value: '' },
          { option: 'charset', value: 'ascii' },
          { option: 'onUnencodable', value: 'ignore' },
          { option: 'business', value: 'bank' },
          { option: 'timeoutMs', value: -1 },
        ],
        required: ['environment', 'merchantId', 'secret'],
        secrets: ['secret'],
      },
      close: sandbox.close,
    }
  },
}
