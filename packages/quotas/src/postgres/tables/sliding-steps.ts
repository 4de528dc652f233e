import { Decimal } from '@tollgate/kernel'
import { NO_STEPS, type StepAmounts } from '../../model/limits/sliding-window.ts'

/** Returns the JSON value of steps: an object of amounts by step number. */
export function storedSteps(steps: StepAmounts): { readonly [step: string]: string } {
  return Object.fromEntries([...steps].map(([step, amount]) => [step, amount.toFixed()]))
}

/** Reads the steps of a JSON text. Null, which a fixed window has, is no steps. */
export function stepsOf(text: string | null): StepAmounts {
  if (text === null) return NO_STEPS
  return new Map(Object.entries(JSON.parse(text) as Record<string, string>).map(([step, amount]) => [Number(step), new Decimal(amount)]))
}
