import {
  type CallbackTokenClaims,
  type PaymentProvider,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  type VerifiedCallback,
} from '@railswitch/core'
import { type OwnerCandidates, type Ownership, ownerOf, type Store } from '@railswitch/core/store'

/** A verified callback with what came beside its body. */
export interface AddressedCallback {
  readonly provider: PaymentProvider
  readonly rail: string
  /** Null: no token came with it, or none of ours. */
  readonly token: CallbackTokenClaims | null
  readonly callback: VerifiedCallback
}

/** The payment that a callback would be applied to. */
export interface CallbackOwner {
  readonly owner: Ownership
  /** Null: none of ours. */
  readonly record: PaymentRecord | null
  readonly because: string
}

/** Decides as the store does when the callback arrives, and writes nothing. */
export const paymentOfCallback = async (
  store: Pick<Store, 'find' | 'findByVendorId'>,
  addressed: AddressedCallback,
): Promise<CallbackOwner> => {
  const { provider, rail, token, callback } = addressed
  const { signs, kinds, merchantReference: echo } = callback
  const candidates = await candidatesFor(store, addressed)
  const from = {
    type: 'callback',
    token,
    signs,
    echo,
    transactions: provider.transactions,
    ...(kinds && { kinds }),
  } as const
  const owner = ownerOf(rail, from, candidates)
  const records = Object.values({
    byVendorId: candidates.byVendorId?.record,
    byToken: candidates.byToken,
    byEcho: candidates.byEcho,
  })
  const record = 'key' in owner ? (records.find((one) => one?.key === owner.key) ?? null) : null
  return { owner, record, because: reasonFor(owner, candidates, addressed) }
}

const candidatesFor = async (
  store: Pick<Store, 'find' | 'findByVendorId'>,
  { provider: { transactions }, rail, token, callback: { report, merchantReference: echo } }: AddressedCallback,
): Promise<OwnerCandidates> => {
  const { vendorId } = report
  const byVendorId = await store.findByVendorId({ rail, vendorId, merchantReference: null })
  const intent = byVendorId && learnedFor(byVendorId, rail, vendorId)
  const usesEcho = echo !== null && (transactions === 'many' || token !== null)
  return {
    byVendorId: byVendorId && intent ? { record: byVendorId, intent } : null,
    byToken: token && (await store.find(token.reference)),
    // No transaction has an empty id, so only the reference is searched.
    byEcho: usesEcho ? await store.findByVendorId({ rail, vendorId: '', merchantReference: echo }) : null,
  }
}

/** The intent that a vendor id belongs to: a response contained it, or a report was applied under it. */
const learnedFor = ({ intents, reports }: PaymentRecord, rail: string, vendorId: string): PaymentRef | null => {
  const ofRail = intents.filter(({ intent }) => intent.rail === rail)
  const byResponse = ofRail.find(({ vendorIds }) => vendorIds.includes(vendorId))
  if (byResponse) return paymentRef(byResponse.intent)
  const applied = reports.find((one) => one.rail === rail && one.vendorId === vendorId && one.intent !== null)
  return applied?.intent ?? (ofRail[0] ? paymentRef(ofRail[0].intent) : null)
}

const reasonFor = (
  owner: Ownership,
  { byVendorId, byToken }: OwnerCandidates,
  { token, callback: { merchantReference: echo } }: AddressedCallback,
): string => {
  switch (owner.type) {
    case 'owned':
      if (owner.perAddress)
        return 'its token is that of a payout to the account of the payment that its vendor id belongs to'
      return owner.learns
        ? 'its token is that of this payment, whose vendor id is not known yet'
        : `its vendor id belongs to this payment${owner.proof === 'unproven' ? ', but no genuine token proves its money' : ''}`
    case 'named':
      return `its vendor id belongs to no payment, and only the reference ${echo ?? ''} names this one, which proves nothing: whoever places an order chooses it`
    case 'record_missing':
      return `its token is genuine, but the store has no payment ${owner.name}: data was lost`
    case 'foreign_order':
      if (byVendorId === null && token && byToken)
        return 'its token is that of a payment whose call has another vendor id: it was delivered at the wrong address, or is about another order'
      return 'its vendor id belongs to no payment, and its reference proves nothing: whoever places an order chooses it'
    default:
      return owner satisfies never
  }
}
