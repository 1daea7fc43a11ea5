export { type CallbackDiagnostics, diagnoseCallback } from './diagnostics/diagnose-callback.ts'
export {
  type Cause,
  diagnoseRequest,
  type RequestContext,
  type RequestDiagnostics,
} from './diagnostics/diagnose-request.ts'
export { notificationMeaning } from './diagnostics/notification-meaning.ts'
export { type SignedForm, type SigningOptions, signForm } from './diagnostics/sign-form.ts'
export type { ParameterFailure } from './wire/encode-parameters.ts'
export type { FormFailure } from './wire/form.ts'
