/** Where a process of the shop stores its payments and its own rows. */
export type Place =
  | { readonly kind: 'postgres'; readonly host: string; readonly user: string; readonly connections: number }
  | { readonly kind: 'embedded'; readonly folder: string }

/** The configuration of one process of the shop. */
export interface ShopConfig {
  readonly place: Place
  /** The socket on which the process receives callbacks. */
  readonly socket: string
  /** The variables that `configFromEnv` reads. */
  readonly env: Readonly<Record<string, string>>
  readonly handlerTimeoutMs: number
  /** The handler of `deposit.credited` refunds half of a payment if its reference begins with this prefix. */
  readonly refunds?: string
}

/** The points at which a process can kill itself. */
export type KillPoint =
  | 'before claim'
  | 'after claim'
  | 'in the handler'
  | 'in commit'
  | 'after complete'
  | 'before the reply'
  | 'before sending'
  | 'between sending and answer'

/** The commands of a process, with their results. */
export interface Commands {
  deposit(reference: string): Promise<string>
  refund(refund: { readonly deposit: string; readonly reference: string; readonly value: string }): Promise<string>
  state(reference: string): Promise<string>
  /** Runs `sync` with the clock set ahead by this many hours. */
  sync(hours: number): Promise<{ readonly handled: number; readonly resolved: number }>
  /** The process kills itself when it reaches this point. */
  die(at: KillPoint): Promise<void>
  /** The references in the shop's own rows. */
  shipped(): Promise<readonly string[]>
  /** How often each handler ran in this process, per payment. `overlap`: runs while another handler had the same payment. */
  runs(): Promise<Readonly<Record<string, number>>>
}
