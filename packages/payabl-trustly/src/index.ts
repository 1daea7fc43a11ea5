export { unsupported } from './capabilities.ts'
export type { PayablResponse } from './client/call.ts'
export type { PayablClient } from './client/client.ts'
export type {
  CaptureParameters,
  CftToAccount,
  CftToPayer,
  DiagnoseSelector,
  ExtraParameter,
  ListedType,
  PayablParameters,
  PreauthorizeParameters,
  RefundParameters,
  ResendParameters,
  ReversalParameters,
} from './client/parameter-types.ts'
export { type PayablTrustlyOptions, payablTrustlySchema } from './config.ts'
export { type CodeClass, type CodeEffect, type DescribedCode, describeCode, describedCodes } from './error-codes.ts'
export { createPayablTrustly, type PayablTrustly } from './provider.ts'
export type { PayablProviderOptions } from './provider-options.ts'
export type { PaymentResponse } from './wire/payment-response.ts'
export type { Resent, ResentNotification } from './wire/resend.ts'
export type { DiagnosedTransaction, Diagnosis, ListedTransaction } from './wire/tx-diagnose.ts'
