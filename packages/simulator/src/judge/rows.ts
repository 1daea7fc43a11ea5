import type { Row } from '../world/database.ts'
import type { World } from '../world/world.ts'

/** The application's rows of one type for the payment with this reference. */
export const rowsOf = ({ database }: World, reference: string, type: string): readonly Row[] =>
  database.rows.filter((row) => row.reference === reference && row.type === type)

/** Their money, in minor units. */
export const sumOf = (world: World, reference: string, type: string): number =>
  rowsOf(world, reference, type).reduce((sum, { minor }) => sum + minor, 0)

export const hasRow = (world: World, reference: string, type: string): boolean =>
  rowsOf(world, reference, type).length > 0

/** Whether the application has reserved the money of this withdrawal. */
export const isReserved = (world: World, reference: string): boolean =>
  rowsOf(world, reference, 'withdrawal.requested').some(({ answer }) => answer === true)
