import { Decimal } from '@tollgate/kernel'
import { NO_STEPS, type StepAmounts } from '../windows/sliding-steps.ts'

/** Steps as JSON: an object of amounts by number. */
export function storedSteps(steps: StepAmounts): string {
  return JSON.stringify(Object.fromEntries([...steps].map(([step, amount]) => [step, amount.toFixed()])))
}

/** The steps of a JSON object; none of null, which a fixed window has. */
export function stepsOf(text: string | null): StepAmounts {
  if (text === null) return NO_STEPS
  return new Map(Object.entries(JSON.parse(text) as Record<string, string>).map(([step, amount]) => [Number(step), new Decimal(amount)]))
}
