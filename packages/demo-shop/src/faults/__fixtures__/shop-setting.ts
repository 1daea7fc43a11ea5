/** Where a process of the shop keeps its payments and its own rows. */
export type Place =
  | { readonly kind: 'postgres'; readonly host: string; readonly user: string; readonly connections: number }
  | { readonly kind: 'embedded'; readonly folder: string }

/** What one process of the shop is started with. */
export interface Setting {
  readonly place: Place
  /** The socket that it listens on for callbacks. */
  readonly socket: string
  /** As `configFromEnv` reads it. */
  readonly env: Readonly<Record<string, string>>
  readonly handlerTimeoutMs: number
  /** Payments of references that begin with this are refunded in half by the handler of `deposit.credited`. */
  readonly refunds?: string
}

/** Where a process can be reported to kill itself. */
export type KillPoint =
  | 'before claim'
  | 'after claim'
  | 'in the handler'
  | 'in commit'
  | 'after complete'
  | 'before the reply'
  | 'before sending'
  | 'between sending and answer'

/** What a process does when it is reported to, and what it answers. */
export interface Commands {
  deposit(reference: string): Promise<string>
  refund(asked: { readonly deposit: string; readonly reference: string; readonly value: string }): Promise<string>
  state(reference: string): Promise<string>
  /** At this many hours from now. */
  sync(hours: number): Promise<{ readonly handled: number; readonly resolved: number }>
  die(at: KillPoint): Promise<void>
  /** The shop's own rows: the references. */
  shipped(): Promise<readonly string[]>
  /** How often each handler ran in this process for each payment, and with another at work on the same payment (`overlap`). */
  runs(): Promise<Readonly<Record<string, number>>>
}
