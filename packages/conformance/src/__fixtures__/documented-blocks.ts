/** A page whose blocks of TypeScript and JavaScript a test runs. */
interface RunByTest {
  /** The test, from the root of the repository. */
  readonly runBy: string
  /** Blocks that are only compiled, by words of theirs, with declarations for the compiler. */
  readonly onlyCompiled?: { readonly [words: string]: string }
}

/** A page whose blocks are compiled: for each, in their order, declarations of what it leaves to the reader. */
interface Compiled {
  readonly compiled: readonly string[]
}

const run = (runBy: string): RunByTest => ({ runBy })
const compiled = (...blocks: Compiled['compiled']): Compiled => ({ compiled: blocks })

const payments = 'declare const payments: import("railswitch").Payments<import("pg").PoolClient>'
const config = 'declare const config: import("railswitch").PaymentsConfig<void>'
const store = 'declare const store: import("railswitch").Store<void>'
const review = 'declare const review: import("railswitch").Review'
const amount = 'declare const amount: import("railswitch").Money'
const meridian = 'declare const meridian: import("@railswitch/core/provider").ProviderDefinition'
const secrets = 'declare const apiKey: string\ndeclare const secret: string'

/** By the page below `docs`. A page with blocks and without an entry fails the test. */
export const documentedBlocks: Readonly<Record<string, RunByTest | Compiled>> = {
  'add-a-provider.md': compiled(
    `import type * as z from 'zod'
     declare const optionsSchema: z.ZodType<{ apiKey: string }>
     declare const createMeridian: (options: object, ports: object) => PaymentProvider`,
    "import * as z from 'zod'",
    [
      meridian,
      secrets,
      store,
      'declare const callbacks: import("railswitch").PaymentsConfig<void>["callbacks"]',
    ].join('\n'),
    `declare const deposit: NonNullable<PaymentProvider['operations']['deposit']>
     declare const refund: NonNullable<PaymentProvider['operations']['refund']>
     declare const payout: NonNullable<PaymentProvider['operations']['payout']>
     declare const interpret: PaymentProvider['interpret']
     declare const verifyCallback: PaymentProvider['verifyCallback']
     declare const lookUp: NonNullable<PaymentProvider['lookUp']>`,
    `declare const inputIssues: (input: DepositInput) => readonly Issue[]
     declare const payinOf: (input: DepositInput) => object
     declare const call: (method: string, path: string, body: object, options: object) => Promise<Either<PaymentError, { id: string; url: string }>>`,
    `declare const payment: PaymentRef
     declare const runtime: Runtime
     declare const error: PaymentError
     export const result: Either<PaymentError, OperationResponse<Outcome>> =`,
    `declare const payin: { id: string; version: number; status: string; updatedAt: string; reference: string }
     declare const money: Money
     export const result: Either<PaymentError, VerifiedCallback> =`,
    '',
    `declare const report: Report
     declare const intent: PaymentRef
     export const result: Either<PaymentError, LookUpResult> =`,
    'interface MeridianQueries {}',
    [
      meridian,
      secrets,
      `import type { Transport, DepositInput } from '@railswitch/core/provider'
       import type { PaymentEvent } from 'railswitch'
       declare const transport: Transport
       declare const events: PaymentEvent[]
       declare const order: DepositInput
       declare const url: string
       declare const headers: Record<string, string>
       declare const body: string`,
    ].join('\n'),
    'declare const meridianUnderTest: import("@railswitch/conformance").ProviderUnderTest',
    `import { runConformance } from '@railswitch/conformance'
     declare const meridianUnderTest: import("@railswitch/conformance").ProviderUnderTest`,
  ),
  'callbacks.md': run('packages/railswitch/src/scenarios/documented-callbacks.test.ts'),
  'configuration.md': compiled(store, store, '', `import { configFromEnv, createPayments } from 'railswitch'\n${store}`),
  'errors.md': run('packages/demo-shop/src/documented-examples.test.ts'),
  'getting-started.md': run('packages/demo-shop/src/getting-started.test.ts'),
  'mandates.md': run('packages/demo-shop/src/mandates-docs.test.ts'),
  'migrating.md': run('packages/demo-shop/src/documented-examples.test.ts'),
  'money-out.md': run('packages/demo-shop/src/money-out-docs.test.ts'),
  'operations.md': compiled(
    payments,
    payments,
    `${payments}\ndeclare const id: string\ndeclare const ref: import("railswitch").PaymentRef`,
    `${payments}\n${review}`,
    `${payments}\n${amount}`,
    `import { createPayments } from 'railswitch'\n${config}
     declare const tracker: { capture(error: unknown, context: object): void }`,
  ),
  'providers/payabl-trustly.md': run('packages/payabl-trustly/src/documentation.test.ts'),
  'providers/trustly-direct.md': {
    runBy: 'packages/trustly-direct/src/documentation.test.ts',
    // AWS's package is no dependency: its part that the example uses.
    onlyCompiled: {
      '@aws-sdk/client-kms': `declare module '@aws-sdk/client-kms' {
        export class SignCommand {
          constructor(input: { KeyId: string; Message: Uint8Array; MessageType: 'DIGEST'; SigningAlgorithm: string })
        }
        export class KMSClient {
          constructor(options: object)
          send(command: SignCommand, options: { abortSignal: AbortSignal }): Promise<{ Signature?: Uint8Array }>
        }
      }`,
    },
  },
  'reconciliation.md': run('packages/railswitch/src/scenarios/documented-reconciliation.test.ts'),
  'sandbox-reference.md': run('packages/demo-shop/src/sandbox-docs.test.ts'),
  'sandbox.md': run('packages/demo-shop/src/sandbox-docs.test.ts'),
  'stores.md': compiled('', payments, '', '', '', ''),
  'switching.md': run('packages/demo-shop/src/switching-docs.test.ts'),
}
