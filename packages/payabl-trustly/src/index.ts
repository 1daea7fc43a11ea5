export { unsupported } from './capabilities.ts'
export { type CallbackExplanation, explainCallback } from './explain/explain-callback.ts'
export { type Cause, explainRequest, type RequestContext, type RequestExplanation } from './explain/explain-request.ts'
export { type SignedForm, type SigningOptions, signForm } from './explain/sign-form.ts'
export type { PayablClient } from './native.ts'
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
} from './payabl-parameters.ts'
export { createPayablTrustly, type PayablSurroundings, type PayablTrustly } from './payabl-trustly.ts'
export type { PayablTrustlyOptions } from './payabl-trustly-config.ts'
export type { PayablProviderOptions } from './provider-options.ts'
export type { Answer } from './wire/answer.ts'
export type { PayablReply } from './wire/call.ts'
export type { CodeClass } from './wire/codes.ts'
export { type DescribedCode, describeCode, describedCodes, type Verdict } from './wire/describe-code.ts'
export type { DiagnosedTransaction, Diagnosis, ListedTransaction } from './wire/diagnose.ts'
export type { FormFailure } from './wire/form.ts'
export type { ParameterFailure } from './wire/parameters.ts'
export type { Resent, ResentNotification } from './wire/resend.ts'
