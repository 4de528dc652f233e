import type { Period } from '@tollgate/kernel'

/** A billing period of a subscription. Its lines keep the dimensions that they were first grouped by. */
export interface BillingPeriod {
  readonly period: Period
  /** Dimensions that usage lines are grouped by, such as provider and model. */
  readonly lineDimensions: readonly string[]
}

/** Dimensions that usage lines are grouped by unless the settings say otherwise. */
export const DEFAULT_LINE_DIMENSIONS: readonly string[] = ['provider', 'model']
