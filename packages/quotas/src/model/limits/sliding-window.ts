import { type Decimal, ZERO } from '@tollgate/kernel'
import type { QuotaWindow, WindowBounds } from './window.ts'

/** A sliding window is divided into 60 steps of clock time. The running step and the 60 before it count. */
const STEPS_BACK = 60

/** The amount used in each step that counts, by the number of the step since 1970. At most 61; replaced, never changed. */
export type StepAmounts = ReadonlyMap<number, Decimal>

/** The steps of a fixed window, or of a sliding one without usage. */
export const NO_STEPS: StepAmounts = new Map()

/** The windows that can slide: those of a fixed length. A sliding day is always 24 hours. */
const STEP_MS: { readonly [Window in QuotaWindow]?: number } = { minute: 1_000, hour: 60_000, day: 24 * 60_000, week: 168 * 60_000 }

/** Returns the length of a step: a sixtieth of the window. Null for a window that cannot slide. */
export function stepMsOf(window: QuotaWindow): number | null {
  return STEP_MS[window] ?? null
}

/** Returns the number of the oldest step that counts at a time. */
export function oldestStep(stepMs: number, nowMs: number): number {
  return Math.floor(nowMs / stepMs) - STEPS_BACK
}

/** Returns when a step stops counting: between 1 and 1 + 1/60 windows after the usage in it. */
export function stepExpiresAtMs(step: number, stepMs: number): number {
  return (step + STEPS_BACK + 1) * stepMs
}

/** Returns the time span of the steps that count at a time. */
export function slidingWindowAt(stepMs: number, nowMs: number): WindowBounds {
  const oldest = oldestStep(stepMs, nowMs)
  return { fromMs: oldest * stepMs, toMs: stepExpiresAtMs(oldest, stepMs) }
}

/** Returns the steps that count at a time. Later steps count too: the clock of another server may be ahead. */
export function stepsCountingAt(steps: StepAmounts, stepMs: number, nowMs: number): StepAmounts {
  const oldest = oldestStep(stepMs, nowMs)
  for (const step of steps.keys()) if (step < oldest) return new Map([...steps].filter(([kept]) => kept >= oldest))
  return steps
}

/**
 * Adds an amount to the step of its time. Returns undefined if that step no longer counts. An amount of the future counts
 * in the running step, so there are never more than 61 steps.
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

/** Returns the amount used in all steps. */
export function sumOfSteps(steps: StepAmounts): Decimal {
  return [...steps.values()].reduce((sum, amount) => sum.plus(amount), ZERO)
}

/**
 * Returns when a counter can be removed because nothing in it counts: at least two windows after its last step. All steps
 * of one window give the same time, so that it rarely changes.
 */
export function removableAtMs(steps: StepAmounts, stepMs: number): number {
  return (Math.floor(Math.max(0, ...steps.keys()) / STEPS_BACK) + 3) * STEPS_BACK * stepMs
}

/** Returns when the first step stops counting. Without steps: when usage of now would. */
export function firstStepExpiresAtMs(steps: StepAmounts, stepMs: number, nowMs: number): number {
  return stepExpiresAtMs(Math.min(...(steps.size === 0 ? [Math.floor(nowMs / stepMs)] : steps.keys())), stepMs)
}

/** Returns when enough steps have expired that at most `target` is left. */
export function fallsToAtMs(steps: StepAmounts, stepMs: number, target: Decimal): number {
  let remaining = sumOfSteps(steps)
  for (const [step, amount] of [...steps].sort(([a], [b]) => a - b)) {
    remaining = remaining.minus(amount)
    if (remaining.lte(target)) return stepExpiresAtMs(step, stepMs)
  }
  return -Infinity
}
