import { isLeft, type Money, paymentRef, right } from '@railswitch/core'
import type { Fact, FoundReport, PaymentRecord, VerifiedCallback } from '@railswitch/core/provider'
import type { OpenedProvider } from '../../provider-under-test.ts'
import { all, type Fault, onFacts, onOperation, onProvider, onVerify } from './fault.ts'

/** What a faulty provider remembers of the last deposit that was opened. */
interface Memory {
  vendorId: string
  money: Money | null
}

const method = 'invented'

/** A report that no vendor made. `interpret` takes it for a credit. */
export const invented = (vendorId: string, money: Money, id = 'invented'): FoundReport['report'] => ({
  id,
  at: '2026-03-02T08:00:00.000Z',
  vendorId,
  method,
  money,
  members: {},
})

const creditsOf = ({ reports }: PaymentRecord): readonly Fact[] =>
  reports.flatMap((report): readonly Fact[] =>
    report.method === method && report.intent && report.money
      ? [
          {
            type: 'deposit.credited',
            intent: report.intent,
            vendorId: report.vendorId,
            at: report.at,
            evidence: [report.id],
            source: 'vendor',
            key: report.id,
            amount: report.money,
          },
        ]
      : [],
  )

const believesInvented = onFacts((facts, record) => [
  ...facts.filter((fact) => fact.type !== 'unrecognised' || fact.method !== method),
  ...creditsOf(record),
])

/** The look-up invents a credit. `when`: what the good look-up returned. */
export const inventsByLookUp = (when: 'always' | 'failed'): Fault =>
  all(
    onProvider((provider) => ({
      lookUp: (record, signal) => async () => {
        const result = await provider.lookUp?.(record, signal)()
        if (when === 'failed' && result && !isLeft(result) && !result.right.failed) return result
        const found = record.intents.flatMap((recorded): readonly FoundReport[] => {
          const { intent, vendorIds } = recorded
          const [vendorId] = vendorIds
          return intent.kind === 'deposit' && vendorId
            ? [{ report: invented(vendorId, intent.expect), intent: paymentRef(intent), learns: false }]
            : []
        })
        const kept = result && !isLeft(result) ? result.right.found : []
        return right({ found: [...kept, ...found], absenceProves: false })
      },
    })),
    believesInvented,
  )

/** Remembers the last deposit, or the last mandate. */
const remembering = (use: (memory: Memory) => Fault, name: 'deposit' | 'mandate' = 'deposit'): Fault => {
  return (opened: OpenedProvider) => {
    const memory: Memory = { vendorId: '', money: null }
    const remember = onOperation([name], async (run, { amount }) => {
      const result = await run()
      if (!isLeft(result)) Object.assign(memory, { vendorId: result.right.vendorIds[0] ?? '', money: amount })
      return result
    })
    return all(remember, use(memory))(opened)
  }
}

/** Takes a refused body for a credit of the last deposit. */
export const believesRefused = (isBelieved: (body: Uint8Array) => boolean): Fault =>
  all(
    remembering((memory) =>
      onVerify((delivery, verify) => {
        const result = verify(delivery)
        if (!isLeft(result) || !isBelieved(delivery.body) || !memory.money) return result
        return right(callbackOf(invented(memory.vendorId, memory.money, `invented ${delivery.body.byteLength}`)))
      }),
    ),
    believesInvented,
  )

const callbackOf = (report: FoundReport['report']): VerifiedCallback => ({
  report,
  merchantReference: null,
  signs: 'everything',
  isQuestion: false,
  acknowledge: () => ({ status: 200, contentType: 'text/plain', body: 'OK' }),
})

/** Takes every callback for one about the last deposit. */
export const aboutLastDeposit: Fault = remembering((memory) =>
  onVerify((delivery, verify) => {
    const result = verify(delivery)
    if (isLeft(result) || memory.vendorId === '') return result
    return right({ ...result.right, report: { ...result.right.report, vendorId: memory.vendorId } })
  }),
)

/** Takes every report of the account of a mandate for one about the last mandate. */
export const aboutLastMandate: Fault = remembering(
  (memory) =>
    onVerify((delivery, verify) => {
      const result = verify(delivery)
      if (isLeft(result) || result.right.report.method !== 'account' || memory.vendorId === '') return result
      return right({ ...result.right, report: { ...result.right.report, vendorId: memory.vendorId } })
    }),
  'mandate',
)

/** Takes a callback about an order that it did not open for one about the last mandate. */
export const unknownAboutLastMandate: Fault = (opened) => {
  const known = new Set<string>()
  return all(
    onOperation(['deposit', 'account', 'charge', 'mandate', 'importMandate'], async (run) => {
      const result = await run()
      if (!isLeft(result)) for (const id of result.right.vendorIds) known.add(id)
      return result
    }),
    remembering(
      (memory) =>
        onVerify((delivery, verify) => {
          const result = verify(delivery)
          if (isLeft(result) || known.has(result.right.report.vendorId) || memory.vendorId === '') return result
          return right({ ...result.right, report: { ...result.right.report, vendorId: memory.vendorId } })
        }),
      'mandate',
    ),
  )(opened)
}

/** Refuses callbacks after an order whose response is not known. */
export const onlyKnownOrders = (name: 'deposit' | 'mandate' = 'deposit'): Fault => (opened) => {
  let isUnknown = false
  return all(
    onOperation([name], async (run) => {
      const result = await run()
      isUnknown = isLeft(result) && result.left.effect === 'may_have_happened'
      return result
    }),
    onVerify((delivery, verify) => verify(isUnknown ? { ...delivery, body: new Uint8Array() } : delivery)),
  )(opened)
}

/** Takes a forged or changed callback for the genuine one, whose content `change` replaces. `only`: of these genuine ones. */
export const believesChanged =
  (
    change: (callback: VerifiedCallback) => Partial<VerifiedCallback>,
    only: (genuine: string) => boolean = () => true,
  ): Fault =>
  (opened) => {
    const genuine = new Map<string, Uint8Array>()
    const key = (body: Uint8Array): string => Buffer.from(body).toString('latin1')
    const vendor: OpenedProvider['vendor'] = {
      ...opened.vendor,
      forge: (message) => {
        const forged = opened.vendor.forge(message)
        genuine.set(key(forged.body), message.body)
        return forged
      },
      tamper: (message) =>
        opened.vendor.tamper(message).map((one) => {
          genuine.set(key(one.message.body), message.body)
          return one
        }),
    }
    return onVerify((delivery, verify) => {
      const original = genuine.get(key(delivery.body))
      const body = original && only(key(original)) ? original : undefined
      const result = verify(body ? { ...delivery, body } : delivery)
      return isLeft(result) || !body ? result : right({ ...result.right, ...change(result.right) })
    })({ ...opened, vendor })
  }

/** Treats variants of a callback as `change` says. */
export const onVariants =
  (change: (result: ReturnType<Parameters<Parameters<typeof onVerify>[0]>[1]>) => ReturnType<Parameters<Parameters<typeof onVerify>[0]>[1]>): Fault =>
  (opened) => {
    const variants = new Set<string>()
    const key = (body: Uint8Array): string => Buffer.from(body).toString('latin1')
    const vendor: OpenedProvider['vendor'] = {
      ...opened.vendor,
      variants: (message) =>
        opened.vendor.variants(message).map((one) => {
          variants.add(key(one.message.body))
          return one
        }),
    }
    return onVerify((delivery, verify) =>
      variants.has(key(delivery.body)) ? change(verify(delivery)) : verify(delivery),
    )({ ...opened, vendor })
  }
