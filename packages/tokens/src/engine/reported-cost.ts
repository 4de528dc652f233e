import { addDecimals, decimalText, shiftDecimal } from './decimal-text.ts'
import { isObject } from '../model/is-object.ts'
import { readField } from './read-fields.ts'

/** Ticks in a US dollar, as a power of 10. */
const XAI_TICKS = 10

/**
 * Returns what the provider says that a call cost, in USD: OpenRouter's `cost` (with the cost of the caller's own key at the
 * upstream provider, if it used one), Perplexity's `cost.total_cost`, or xAI's `cost_in_usd_ticks`. Undefined if it says nothing.
 */
export function reportedCost(usage: object): string | undefined {
  const cost = readField(usage, 'cost')
  if (isObject(cost)) return decimalText(readField(cost, 'total_cost'))
  if (readField(usage, 'is_byok') === true) return addDecimals(cost, readField(readField(usage, 'cost_details'), 'upstream_inference_cost'))
  return decimalText(cost) ?? shiftDecimal(readField(usage, 'cost_in_usd_ticks'), XAI_TICKS)
}
