import type { StoreUnderTest } from '../store-kit.ts'

/** A database without payments, which survives the process that uses it. */
export interface DatabaseUnderTest<Tx = unknown> {
  /**
   * The store of a new process on this database. It calls `beforeStatement` before each statement, those that begin and commit a
   * transaction included. If that throws, the process has died: nothing more of it arrives, and the database rolls the open
   * transaction back.
   */
  readonly open: (beforeStatement: () => void) => Promise<StoreUnderTest<Tx>>
  /** Rows of an application. `add` inserts one in this transaction; `count` counts the committed ones. */
  readonly rows: { readonly add: (tx: Tx) => Promise<unknown>; readonly count: () => Promise<number> }
  readonly close?: () => Promise<void>
}
