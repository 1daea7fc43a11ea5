import type { Issue, PaymentProvider } from '@railswitch/core'

/** Whether a rail is a provider object and not the options of a provider of railswitch. */
export const isProviderObject = (rail: object): rail is PaymentProvider =>
  ['verifyCallback', 'interpret', 'operations', '_tag'].some((member) => member in rail)

const members: readonly (readonly [keyof PaymentProvider, (value: unknown) => boolean, string])[] = [
  ['id', (value) => typeof value === 'string' && value !== '', "a text, such as 'my-bank'"],
  ['transactions', (value) => value === 'one' || value === 'many', "'one' or 'many'"],
  ['replays', (value) => typeof value === 'boolean', 'true or false'],
  ['interpret', (value) => typeof value === 'function', 'a function'],
  ['verifyCallback', (value) => typeof value === 'function', 'a function'],
  ['questions', (value) => typeof value === 'object' && value !== null, 'an object; {} if it asks nothing'],
  ['operations', (value) => typeof value === 'object' && value !== null, 'an object of functions'],
]

/** The members that a provider object lacks, for programs without types. */
export const providerObjectIssues = (provider: Partial<PaymentProvider>): readonly Issue[] => {
  if ('_tag' in provider)
    return [{ field: '', rule: 'is an Either, not a provider', fix: 'pass its `right`, or options with `use`' }]
  return [
    ...members.flatMap(([field, accepts, value]) =>
      accepts(provider[field]) ? [] : [{ field, rule: `must be ${value}`, fix: 'implement PaymentProvider' }],
    ),
    ...(['deposit', 'refund', 'refund.partial'] as const).flatMap((capability) =>
      typeof provider.capabilities?.[capability]?.yes === 'boolean'
        ? []
        : [
            {
              field: `capabilities.${capability}`,
              rule: 'must be declared',
              fix: "write { yes: true }, or { yes: false, why: '…' }",
            },
          ],
    ),
  ]
}
