import {
  type Account,
  closed,
  conflict,
  type DepositState,
  type ErrorCode,
  handlerMissing,
  inProgress,
  invalid,
  notFound,
  type PaymentErrorData,
  type PayoutState,
  providerFailed,
  type RefundState,
  railMissing,
  reconciliationRequired,
  storeFailed,
  unsupported,
} from '@railswitch/core'
import { callbackRefused, noValidResponse, unreachable } from '@railswitch/core/provider'
import { mapError } from '../../payabl-trustly/src/client/map-error.ts'
import { describedCodes } from '../../payabl-trustly/src/error-codes.ts'
import { trustlyErrors, unnumberedErrors } from '../../trustly-direct/src/error-codes.ts'
import { readPage } from './__fixtures__/pages.ts'

const codes = {
  invalid_input: true,
  invalid_configuration: true,
  unsupported: true,
  conflict: true,
  not_found: true,
  exceeds_refundable: true,
  rail_missing: true,
  handler_missing: true,
  in_progress: true,
  store_failed: true,
  reconciliation_required: true,
  closed: true,
  unreachable: true,
  no_valid_response: true,
  rejected: true,
  declined: true,
  misconfigured: true,
  vendor_error: true,
  callback_refused: true,
} satisfies { readonly [C in ErrorCode]: true }

const words = (cell = ''): readonly string[] => [...cell.matchAll(/`(\w+)`/g)].map(([, word = '']) => word)

const [, table = ''] = /<!-- codes -->([\s\S]*?)<!-- end -->/.exec(readPage('docs/errors.md')) ?? []
const rows = table
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [, code = '', , effect, retry] = line.split('|')
    return { code: code.trim().slice(1, -1), effects: words(effect), retries: words(retry) }
  })

test('docs/errors.md has a row for every code, and for nothing else', () => {
  expect(rows.map(({ code }) => code)).toEqual(Object.keys(codes))
})

const text = { message: '', hint: '' }
const made: readonly Pick<PaymentErrorData, 'code' | 'effect' | 'retry'>[] = [
  ...[invalid('invalid_input', []), invalid('invalid_configuration', [])],
  ...[unsupported(text), conflict(text), notFound(text), railMissing('trustly'), handlerMissing(text)],
  ...[inProgress({ reference: 'a', attempt: 1 }), storeFailed(text), reconciliationRequired(), closed()],
  ...[unreachable('Trustly', '', 'https://vendor.example'), noValidResponse(text), callbackRefused(text)],
  providerFailed('meridian'),
  ...[...Object.values(trustlyErrors), ...unnumberedErrors].flatMap((error) => [
    error,
    ...(error.retryIfSentBefore
      ? [{ code: error.code, effect: 'may_have_happened' as const, retry: error.retryIfSentBefore }]
      : []),
  ]),
  ...describedCodes().flatMap(({ code }) =>
    (['refused', 'may_have_happened'] as const).map((effect) => mapError({ status: code, errormessage: '' }, effect)),
  ),
]

test.each(rows)(
  'docs/errors.md names each effect and each retry with which $code is made',
  ({ code, effects, retries }) => {
    const found = made.filter((error) => error.code === code)
    expect(effects).toEqual(expect.arrayContaining(found.map(({ effect }) => effect)))
    expect(retries).toEqual(expect.arrayContaining(found.map(({ retry }) => retry)))
  },
)

const states: readonly (readonly [string, object])[] = [
  [
    'a deposit',
    {
      pending: 1,
      not_credited_yet: 1,
      credited: 1,
      not_credited: 1,
      reversed: 1,
    } satisfies { [S in DepositState]: 1 },
  ],
  ['a refund', { accepted: 1, unknown: 1, confirmed: 1, failed: 1, returned: 1 } satisfies { [S in RefundState]: 1 }],
  [
    'a payout, withdrawal',
    { pending: 1, requested: 1, accepted: 1, unknown: 1, confirmed: 1, failed: 1, returned: 1 } satisfies {
      [S in PayoutState]: 1
    },
  ],
  ['an account', { pending: 1, received: 1, not_received: 1 } satisfies { [S in Account['state']]: 1 }],
]

test.each(states)('docs/concepts.md names the states of %s', (of, expected) => {
  const line = readPage('docs/concepts.md')
    .split('\n')
    .find((one) => one.startsWith(`| ${of} `))
  expect(words(line)).toEqual(Object.keys(expected))
})
