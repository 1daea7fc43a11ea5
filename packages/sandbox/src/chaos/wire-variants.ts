import type { ChaosKind } from './chaos-kinds.ts'
import type { Draw } from './draw.ts'

/** The kinds of chaos that change what is said, and nothing of when or how often. */
export const distortionKinds = [
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

export type DistortionKind = (typeof distortionKinds)[number]

export const isDistortion = (kind: ChaosKind): kind is DistortionKind => distortionKinds.some((one) => one === kind)

/** How a vendor's texts are changed. What the text has no place for leaves it as it is. */
export type Dialect = {
  readonly distortAnswer: (kind: DistortionKind, text: string) => string
  /** Where the kind leaves something to chance, it is drawn. */
  readonly distortCallback: (kind: DistortionKind, text: string, draw: Draw) => string
  /** What rules call the callback. */
  readonly methodOf: (callback: string) => string | null
  /** Kinds after which a callback must not be acknowledged. */
  readonly forgeries: ReadonlySet<ChaosKind>
}
