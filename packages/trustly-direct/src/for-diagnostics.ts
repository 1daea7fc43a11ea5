export type { SignatureMistake } from './diagnostics/common-mistake.ts'
export { diagnoseSignature, type SignatureDiagnostics } from './diagnostics/diagnose-signature.ts'
export type { MessageKind } from './diagnostics/received-message.ts'
export { signedText } from './diagnostics/signed-text.ts'
