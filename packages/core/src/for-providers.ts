export { deriveRecord } from './derivation/derive-record.ts'
export { interpretRecord } from './derivation/interpret-record.ts'
export { errorName } from './errors/foreign-error.ts'
export { type Issue, toIssues, validationRule } from './errors/issue.ts'
export {
  addressOf,
  callbackRefused,
  conflict,
  type ErrorCode,
  type ErrorText,
  invalid,
  notFound,
  noValidResponse,
  PaymentError,
  type PaymentErrorData,
  unreachable,
} from './errors/payment-error.ts'
export type { ObjectSchema, Schema, SchemaError } from './errors/schema.ts'
export { type Either, either, isLeft, left, pipe, right, type TaskEither, taskEither } from './fp.ts'
export { type AccountInput, accountFields } from './inputs/account-input.ts'
export { type ChargeInput, type Collection, chargeFields } from './inputs/charge-input.ts'
export { type Customer, type DepositInput, depositFields, type ReturnUrls } from './inputs/deposit-input.ts'
export {
  type MandateImportInput,
  type MandateInput,
  mandateFields,
  mandateImportFields,
} from './inputs/mandate-input.ts'
export {
  type BankAccount,
  type Payee,
  type PayoutDestination,
  type PayoutInput,
  payoutFields,
  payoutSchemaOf,
} from './inputs/payout-input.ts'
export type { ProviderOptions } from './inputs/provider-options.ts'
export { type RefundInput, refundFields } from './inputs/refund-input.ts'
export { type WithdrawalInput, withdrawalFields } from './inputs/withdrawal-input.ts'
export { axiosTransport } from './provider/axios-transport.ts'
export type { Capabilities, Capability, CapabilitySupport } from './provider/capability.ts'
export { type OnFirstCall, onFirstCall } from './provider/on-first-call.ts'
export type {
  Booking,
  BookingList,
  CallbackRequest,
  CallbackResponse,
  FieldRequirements,
  FoundReport,
  LookUpResult,
  Market,
  NativeClients,
  Operation,
  OperationCall,
  OperationInput,
  OperationResponse,
  OperationResult,
  Operations,
  ParsedReport,
  PaymentProvider,
  ProviderDefinition,
  ProviderPorts,
  Reconciliation,
  VerifiedCallback,
} from './provider/provider.ts'
export { checkOption, checkSecretOption, type RailOfAccount, sandboxHint } from './provider/rail-option.ts'
export type { Signer, SigningHash, SigningOptions } from './provider/signer.ts'
export type { Transport, TransportFailure, WireRequest, WireResponse } from './provider/transport.ts'
export type {
  Days,
  SettledLine,
  VendorBalance,
  VendorLedger,
  VendorLine,
  VendorLineKind,
} from './provider/vendor-ledger.ts'
export {
  type Fact,
  type FactOf,
  type FactSource,
  type FactType,
  factsOf,
  type MandateEnding,
  type MandateState,
  type RefundMatch,
} from './record/fact.ts'
export type { Checkout, Intent, Outcome, RecordedIntent } from './record/intent.ts'
export type { CustomerDetails, HandlerAnswer, Question } from './record/payment-event.ts'
export { type EmittedEvent, emptyRecord, intentOf, type PaymentRecord } from './record/payment-record.ts'
export { isOwnMethod, ownMethods, type Report } from './record/report.ts'
export type { ReviewReason } from './record/review-reason.ts'
export { pause, type Runtime, systemRuntime, withTimeoutSignal } from './runtime/runtime.ts'
export { receivedAccountOf } from './state/account-state.ts'
export { type DepositAttempt, deriveDeposit } from './state/deposit-state.ts'
export { deriveMandate, type MandateAttempt } from './state/mandate-state.ts'
export { matchRefunds, type RefundReport, type RefundsToMatch } from './state/match-refunds.ts'
export { derivePayout, type PayoutAttempt } from './state/payout-state.ts'
export { type Decimal, decimalOf, negated, readDecimal } from './values/decimal.ts'
export { fromMinorUnits, type Money, money, readVendorMoney, sameMoney, toMinorUnits } from './values/money.ts'
export { type PaymentKind, type PaymentRef, parsePaymentRef, paymentRef } from './values/payment-ref.ts'
export { merchantReference } from './values/reference.ts'
export { compare, groupBy } from './values/sort-and-group.ts'
export { clockSkewMs, dayMs, hourMs, minuteMs } from './values/time-limits.ts'
