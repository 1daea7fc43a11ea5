import { isLeft, left, PaymentError, type PaymentProvider, right } from '@railswitch/core'
import type {
  Fact,
  OperationCall,
  OperationResponse,
  Outcome,
  PaymentRecord,
  ProviderPorts,
  Transport,
  VerifiedCallback,
} from '@railswitch/core/provider'
import type { OpenedProvider } from '../../provider-under-test.ts'

/** Makes a good provider faulty. */
export type Fault = (opened: OpenedProvider) => OpenedProvider

type Options = Readonly<Record<string, unknown>>
type Result = Awaited<ReturnType<ReturnType<NonNullable<PaymentProvider['operations']['deposit']>>>>
type Name = 'deposit' | 'refund' | 'payout' | 'withdrawal' | 'account' | 'charge' | 'mandate' | 'importMandate'
type Operation = (input: never, call: OperationCall) => () => Promise<Result>

export const onDefinition =
  (change: (definition: OpenedProvider['definition'], opened: OpenedProvider) => Partial<OpenedProvider['definition']>): Fault =>
  (opened) => ({ ...opened, definition: { ...opened.definition, ...change(opened.definition, opened) } })

/** Another `create`. */
export const onCreate = (
  create: (
    given: { readonly options: Options; readonly ports: ProviderPorts; readonly opened: OpenedProvider },
    good: (options?: Options, ports?: ProviderPorts) => ReturnType<OpenedProvider['definition']['create']>,
  ) => ReturnType<OpenedProvider['definition']['create']>,
): Fault =>
  onDefinition((definition, opened) => ({
    create: (options, ports) =>
      create({ options, ports, opened }, (otherOptions = options, otherPorts = ports) =>
        definition.create(otherOptions, otherPorts),
      ),
  }))

/** Other members of the provider. */
export const onProvider = (change: (provider: PaymentProvider, ports: ProviderPorts) => Partial<PaymentProvider>): Fault =>
  onCreate(({ ports }, good) => {
    const created = good()
    return isLeft(created) ? created : right({ ...created.right, ...change(created.right, ports) })
  })

/** Other requests or responses on the wire. */
export const onTransport = (change: (transport: Transport) => Transport): Fault =>
  onCreate(({ options, ports }, good) =>
    good(options, { ...ports, ...(ports.transport && { transport: change(ports.transport) }) }),
  )

export type Exchange = Awaited<ReturnType<ReturnType<Transport>>>

/** Another result of the operations, after the exchange with which they ended. */
export const afterExchange =
  (names: readonly Name[], change: (result: Result, exchange: Exchange) => Result): Fault =>
  (opened) => {
    let last: Exchange | null = null
    return all(
      onTransport((transport) => (request) => async () => {
        last = await transport(request)()
        return last
      }),
      onResult(names, (result) => (last ? change(result, last) : result)),
    )(opened)
  }

/** An exchange without a response, for this reason. */
export const failedWith =
  (reason: string) =>
  (exchange: Exchange): boolean =>
    isLeft(exchange) && exchange.left.reason === reason

/** Another operation. `input` is of the operation's own type. */
export const onOperation = (
  names: readonly Name[],
  change: (run: (input?: object, call?: OperationCall) => Promise<Result>, input: Input, call: OperationCall) => Promise<Result>,
): Fault =>
  onProvider((provider) => ({
    operations: {
      ...provider.operations,
      ...Object.fromEntries(
        names.map((name) => {
          const operation = provider.operations[name] as Operation | undefined
          if (!operation) return [name, undefined]
          const faulty: Operation = (input, call) => () =>
            change(
              (otherInput = input, otherCall = call) => operation(otherInput as never, otherCall)(),
              input as unknown as Input,
              call,
            )
          return [name, faulty]
        }),
      ),
    },
  }))

/** The members of an input that faults read or change. */
export interface Input {
  readonly amount: { readonly value: string; readonly currency: string }
  readonly reference: string
  readonly customer?: { readonly email?: string; readonly lastName?: string }
}

/** Another result of the operations. */
export const onResult = (names: readonly Name[], change: (result: Result) => Result): Fault =>
  onOperation(names, async (run) => change(await run()))

/** Another successful response. */
export const onResponse = (
  names: readonly Name[],
  change: (response: OperationResponse<Record<string, unknown>>) => object,
): Fault =>
  onResult(names, (result) =>
    isLeft(result) ? result : right({ ...result.right, ...change(result.right as never) } as never),
  )

/** Another error. */
export const onError = (names: readonly Name[], change: (error: PaymentError) => object): Fault =>
  onResult(names, (result) =>
    isLeft(result) ? left(new PaymentError({ ...result.left.toJSON(), ...change(result.left) })) : result,
  )

/** Another outcome where money out is unknown. `when`: how the exchange ended. */
export const onUnknown = (
  names: readonly Name[],
  change: (outcome: Outcome) => Result,
  when: (exchange: Exchange) => boolean = () => true,
): Fault =>
  afterExchange(names, (result, exchange) => {
    if (isLeft(result) || !when(exchange)) return result
    const outcome = result.right.result as unknown as Outcome
    return outcome.status === 'unknown' ? change(outcome) : result
  })

export const refusal = (effect: PaymentError['effect']): PaymentError =>
  new PaymentError({ code: 'rejected', effect, retry: 'next_attempt', message: 'A fault.', hint: 'None.' })

/** A verified callback with other members. */
export const onCallback = (
  change: (callback: VerifiedCallback, body: Uint8Array, opened: OpenedProvider) => Partial<VerifiedCallback>,
): Fault =>
  onVerify((delivery, verify, opened) => {
    const result = verify(delivery)
    return isLeft(result) ? result : right({ ...result.right, ...change(result.right, delivery.body, opened) })
  })

type Verify = PaymentProvider['verifyCallback']

/** Another verification of callbacks. */
export const onVerify =
  (change: (delivery: Parameters<Verify>[0], verify: Verify, opened: OpenedProvider) => ReturnType<Verify>): Fault =>
  (opened) =>
    onProvider((provider) => ({
      verifyCallback: (delivery) => change(delivery, provider.verifyCallback.bind(provider), opened),
    }))(opened)

/** Other facts. */
export const onFacts = (change: (facts: readonly Fact[], record: PaymentRecord) => readonly Fact[]): Fault =>
  onProvider((provider) => ({ interpret: (record) => change(provider.interpret(record), record) }))

/** Without the facts of this type. */
export const without = (type: Fact['type'], when: (fact: Fact, record: PaymentRecord) => boolean = () => true): Fault =>
  onFacts((facts, record) => facts.filter((fact) => fact.type !== type || !when(fact, record)))

/** With these members in each fact of the type. */
export const withFacts = (type: Fact['type'], change: (fact: Fact, record: PaymentRecord) => object): Fault =>
  onFacts((facts, record) =>
    facts.map((fact) => (fact.type === type ? ({ ...fact, ...change(fact, record) } as Fact) : fact)),
  )

/** Other faults together. */
export const all =
  (...faults: readonly Fault[]): Fault =>
  (opened) =>
    faults.reduce((faulty, fault) => fault(faulty), opened)

/** Declares that the vendor recognises repeated requests, while this is so. */
export const replayingWhile = (isSo: () => boolean): Fault =>
  onCreate((_given, good) => {
    const created = good()
    if (isLeft(created)) return created
    return right(Object.defineProperty({ ...created.right }, 'replays', { get: isSo, enumerable: true }))
  })

/** Whether a payout goes to the account of an earlier deposit. */
export const isToDepositor = (input: object): boolean => 'to' in input && 'payment' in Object(input.to)

/** Amounts in cents are treated in another way than whole ones. */
export const hasCents = ({ value }: { readonly value: string }): boolean => !value.endsWith('.00')

/** Whether a refund is for the whole deposit. */
export const isWhole = ({ amount }: Pick<Input, 'amount'>, { intents: [deposit] }: PaymentRecord): boolean =>
  deposit?.intent.expect.value === amount.value

export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
