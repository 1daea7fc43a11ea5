export { drawPlan, type Plan } from './seed/plan.ts'
export { type Outcome, simulate } from './simulation/simulate.ts'
