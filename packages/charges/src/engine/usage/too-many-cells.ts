import { InvalidInput } from '@tollgate/kernel'

/** Maximum number of groups of models in one part of a period. */
export const MAX_CELLS = 1_000

/** Returns the error for usage that has too many groups in one part of a period. */
export function tooManyCells(by: readonly string[], max = MAX_CELLS): InvalidInput {
  const groups = `${max.toLocaleString('en')} models or more${by.length === 0 ? '' : ` by ${by.join(', ')}`}`
  const message =
    max === MAX_CELLS
      ? `matches ${groups}: filter by model, or group by fewer dimensions`
      : `matches ${groups} in one of many parts: choose a shorter range, filter by model, or group by fewer dimensions`
  return new InvalidInput([{ path: 'filter', message }])
}
