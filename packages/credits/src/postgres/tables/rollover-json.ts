import { Decimal } from '@tollgate/kernel'
import type { Rollover } from '../../model/rollover.ts'

/** A rollover as JSON. */
export type RolloverJson = { readonly kind: 'none' } | { readonly kind: 'all' } | { readonly kind: 'up_to_amount' | 'up_to_percentage'; readonly max: string }

/** Returns a rollover as JSON, with its decimal as text. */
export function rolloverJson(rollover: Rollover): RolloverJson {
  return 'max' in rollover ? { kind: rollover.kind, max: rollover.max.toFixed() } : rollover
}

/** Reads a rollover. */
export function readRolloverJson(json: RolloverJson): Rollover {
  return 'max' in json ? { kind: json.kind, max: new Decimal(json.max) } : json
}
