import type { ChaosKind } from './chaos-kinds.ts'
import type { Draw } from './random.ts'

/** The kinds of chaos that change the text of a message, and neither its time nor its number. */
export const wireVariantKinds = [
  'bad-signature',
  'wrong-uuid',
  'tampered-field',
  'shuffled-members',
  'escapes',
  'numbers',
  'unknown-fields',
  'unknown-method',
  'nulls',
  'odd-members',
  'rs512',
] as const satisfies readonly ChaosKind[]

export type WireVariantKind = (typeof wireVariantKinds)[number]

export const isWireVariant = (kind: ChaosKind): kind is WireVariantKind => wireVariantKinds.some((one) => one === kind)

/** How a vendor's messages are changed. A text that a kind does not apply to stays as it is. */
export interface WireVariants {
  readonly varyResponse: (kind: WireVariantKind, text: string) => string
  /** `draw` decides what the kind leaves to chance. */
  readonly varyCallback: (kind: WireVariantKind, text: string, draw: Draw) => string
  /** The name by which chaos rules select the callback. */
  readonly methodOf: (callback: string) => string | null
  /** The kinds after which a callback must not be acknowledged. */
  readonly forgeries: ReadonlySet<ChaosKind>
}
