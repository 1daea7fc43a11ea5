/** Where a process of the shop keeps its payments and its own rows. */
export type Place =
  | { readonly kind: 'postgres'; readonly host: string; readonly user: string; readonly connections: number }
  | { readonly kind: 'embedded'; readonly folder: string }

/** What one process of the shop is started with. */
export interface Setting {
  readonly place: Place
  /** The socket that it listens on for callbacks. */
  readonly socket: string
  /** As `configFrom` reads it. */
  readonly env: Readonly<Record<string, string>>
  readonly handlerTimeoutMs: number
  /** What its handler of `deposit.credited` does beside writing a row. */
  readonly credited?: 'refund'
}

/** Where a process can be told to kill itself. */
export type KillPoint =
  | 'before claim'
  | 'after claim'
  | 'in the handler'
  | 'in commit'
  | 'after complete'
  | 'before the reply'
  | 'before sending'
  | 'between sending and answer'

/** What a process does when it is told to, and what it answers. */
export interface Commands {
  deposit(reference: string): Promise<string>
  refund(asked: { readonly deposit: string; readonly reference: string; readonly value: string }): Promise<string>
  state(reference: string): Promise<string>
  /** At this many hours from now. */
  settle(hours: number): Promise<{ readonly handled: number; readonly resolved: number }>
  die(at: KillPoint): Promise<void>
  /** The shop's own rows, and how often which handler ran in this process. */
  shipped(): Promise<readonly string[]>
  runs(): Promise<Readonly<Record<string, number>>>
}
