import { type Decimal, ZERO } from '@tollgate/kernel'
import type { QuotaWindow, WindowBounds } from './quota-window.ts'

/** A sliding window is cut into so many steps of the clock. The step that runs and so many before it count. */
const STEPS_BACK = 60

/** What was used in each step that counts, by the number of the step since 1970. Replaced, not changed; 61 at the most. */
export type StepAmounts = ReadonlyMap<number, Decimal>

/** Nothing was used, or the window is fixed. */
export const NO_STEPS: StepAmounts = new Map()

/** The windows that can slide: those of a fixed length. Days are 24 hours here, whatever the clocks do. */
const STEP_MS: { readonly [Window in QuotaWindow]?: number } = { minute: 1_000, hour: 60_000, day: 24 * 60_000, week: 168 * 60_000 }

/** The length of a step of a window: a sixtieth of it. Null for a window that cannot slide. */
export function stepMsOf(window: QuotaWindow): number | null {
  return STEP_MS[window] ?? null
}

/** The oldest step that counts at a time. */
export function oldestStep(stepMs: number, nowMs: number): number {
  return Math.floor(nowMs / stepMs) - STEPS_BACK
}

/** When a step counts no more: between 1 and 1 + 1/60 windows after what was used in it. */
export function leavesAtMs(step: number, stepMs: number): number {
  return (step + STEPS_BACK + 1) * stepMs
}

/** The steps that count at a time, as the window that they make. */
export function windowOfSteps(stepMs: number, nowMs: number): WindowBounds {
  const oldest = oldestStep(stepMs, nowMs)
  return { fromMs: oldest * stepMs, toMs: leavesAtMs(oldest, stepMs) }
}

/** The steps that count at a time. Those ahead of it count too: another server's clock may be ahead of this one. */
export function stepsAt(steps: StepAmounts, stepMs: number, nowMs: number): StepAmounts {
  const oldest = oldestStep(stepMs, nowMs)
  for (const step of steps.keys()) if (step < oldest) return new Map([...steps].filter(([kept]) => kept >= oldest))
  return steps
}

/**
 * Counts an amount in the step of its time; undefined where that counts no more. What is said to happen later than now
 * counts from now on, in the step that runs: so there are never more steps than count.
 */
export function addToStep(
  steps: StepAmounts,
  amount: Decimal,
  { stepMs, atMs, nowMs }: { stepMs: number; atMs: number; nowMs: number },
): StepAmounts | undefined {
  const step = Math.floor(Math.min(atMs, nowMs) / stepMs)
  if (step < oldestStep(stepMs, nowMs)) return undefined
  return amount.isZero() ? steps : new Map(steps).set(step, (steps.get(step) ?? ZERO).plus(amount))
}

/** What was used in all of the steps. */
export function sumOfSteps(steps: StepAmounts): Decimal {
  return [...steps.values()].reduce((sum, amount) => sum.plus(amount), ZERO)
}

/**
 * When a counter is as good as none: two windows after its last step, or more, and one for all steps of a window of the
 * clock, so that it changes seldom.
 */
export function uselessAtMs(steps: StepAmounts, stepMs: number): number {
  return (Math.floor(Math.max(0, ...steps.keys()) / STEPS_BACK) + 3) * STEPS_BACK * stepMs
}

/** When the first of the steps leaves; where there is none, when what is used now would. */
export function firstLeavesAtMs(steps: StepAmounts, stepMs: number, nowMs: number): number {
  return leavesAtMs(Math.min(...(steps.size === 0 ? [Math.floor(nowMs / stepMs)] : steps.keys())), stepMs)
}

/** When so many steps will have left that at most `most` of what is used remains. */
export function remainsAtMs(steps: StepAmounts, stepMs: number, most: Decimal): number {
  let remaining = sumOfSteps(steps)
  for (const [step, amount] of [...steps].sort(([a], [b]) => a - b)) {
    remaining = remaining.minus(amount)
    if (remaining.lte(most)) return leavesAtMs(step, stepMs)
  }
  return -Infinity
}
