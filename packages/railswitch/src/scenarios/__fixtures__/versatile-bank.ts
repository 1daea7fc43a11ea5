import { type Fact, type FoundReport, type PaymentProvider, paymentRef, type Report, right } from '@railswitch/core'

export const eur = (value: string) => ({ value, currency: 'EUR' })

/** A callback of the vendor. `method` is the type of its fact. */
export interface BankMessage {
  readonly id: string
  readonly order: string
  readonly method: 'deposit.credited' | 'withdrawal.requested' | 'account.received' | 'mandate.active'
  readonly amount: string
}

/** The functions of the provider, by name, that throw instead of working. */
export type ProviderFault = 'interpret' | 'verifyCallback' | 'acknowledge' | 'questions' | 'requirements' | 'operation' | 'decideWithdrawal' | 'cancelCharge' | 'cancelMandate' | 'lookUp' | 'crossCheck'

/**
 * A vendor that can do everything: its order ids are `order of <reference>`. `called` counts the requests that it received. The
 * functions in `throwing` throw `fault`. `returned`: what every call returns instead of its result.
 */
export const versatileBank = () => {
  const vendor = { called: 0, throwing: new Set<ProviderFault>(), fault: new Error('marked-fault') as unknown, returned: null as { readonly value: unknown } | null }
  const pass = (name: ProviderFault): void => {
    if (vendor.throwing.has(name)) throw vendor.fault
  }
  const call = <A>(name: ProviderFault, result: A) => async () => {
    vendor.called += 1
    pass(name)
    return vendor.returned ? (vendor.returned.value as never) : right(result)
  }
  const started: NonNullable<PaymentProvider['operations']['deposit']> = (_input, { intent }) =>
    call('operation', {
      result: { payment: paymentRef(intent), redirectUrl: 'https://bank.example/', expiresAt: null },
      vendorIds: [`order of ${intent.reference}`],
    })
  const accepted: NonNullable<PaymentProvider['operations']['refund']> = (_input, { intent }) =>
    call('operation', {
      result: { status: 'accepted', payment: paymentRef(intent) },
      vendorIds: [`order of ${intent.reference}`],
    })
  const yes = { yes: true } as const
  const rail: PaymentProvider = {
    id: 'bank',
    capabilities: {
      deposit: yes, refund: yes, 'refund.partial': yes, 'payout.toDepositor': yes, 'payout.toAccount': yes,
      withdrawal: yes, account: yes, 'account.mandate': yes, charge: yes, mandate: yes, 'mandate.import': yes,
    },
    transactions: 'one',
    replays: false,
    questions: {
      deposit: () => {
        pass('questions')
        return []
      },
    },
    operations: {
      deposit: started,
      withdrawal: started,
      account: (_input, given) => started(_input as never, given),
      refund: accepted,
      payout: (_input, given) => accepted(_input as never, given),
      charge: (_input, given) => accepted(_input as never, given),
      mandate: (_input, given) => started(_input as never, given),
      importMandate: (_input, given) => accepted(_input as never, given),
    },
    interpret: ({ reports }) => {
      pass('interpret')
      return reports.flatMap(factOf)
    },
    requirements: () => {
      pass('requirements')
      return { fields: ['reference'] }
    },
    decideWithdrawal: () => call('decideWithdrawal', undefined),
    cancelCharge: () => call('cancelCharge', undefined),
    cancelMandate: () => call('cancelMandate', undefined),
    lookUp: () => call('lookUp', { found: [] as readonly FoundReport[], absenceProves: false }),
    crossCheck: () => call('crossCheck', null),
    verifyCallback: ({ body }) => {
      pass('verifyCallback')
      const { id, order, method, amount } = JSON.parse(new TextDecoder().decode(body)) as BankMessage
      return right({
        report: { id, at: '2026-01-01T00:00:00.000Z', vendorId: order, method, money: eur(amount), members: {} },
        merchantReference: null,
        signs: 'everything',
        isQuestion: method === 'withdrawal.requested',
        acknowledge: () => {
          pass('acknowledge')
          return { status: 200, contentType: 'text/plain', body: 'OK' }
        },
      })
    },
  }
  return { rail, vendor }
}

const factOf = ({ id, at, vendorId, method, intent, money }: Report): readonly Fact[] => {
  if (!intent || !money) return []
  const base = { intent, vendorId, at, evidence: [id], source: 'vendor', key: id } as const
  switch (method as BankMessage['method']) {
    case 'deposit.credited':
      return [{ ...base, type: 'deposit.credited', amount: money }]
    case 'withdrawal.requested':
      return [{ ...base, type: 'withdrawal.requested', amount: money }]
    case 'account.received':
      return [{ ...base, type: 'account.received', account: 'account-1', mandate: 'active' }]
    case 'mandate.active':
      return [{ ...base, type: 'mandate.active', account: 'account-1' }]
    default:
      return []
  }
}
