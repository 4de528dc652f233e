import { Decimal } from '@tollgate/kernel'
import { UnreadablePriceList } from '../../model/errors.ts'

/** A numeral longer than this is nobody's price. */
const MAX_NUMERAL = 40

/** The third argument of a reviver: the text of a primitive as it stands in the source (ECMAScript's JSON.parse source text access). */
type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown

/**
 * Parses JSON with every number as the decimal that is written: 2.5e-07 is 0.00000025 and not the binary fraction next to
 * it. Throws `UnreadablePriceList`.
 */
export function parseExactJson(text: string): unknown {
  const exactly: Reviver = (_key, value, context) => (typeof value === 'number' ? readNumeral(context?.source) : value)
  try {
    return JSON.parse(text, exactly)
  } catch (cause) {
    if (cause instanceof UnreadablePriceList) throw cause
    throw new UnreadablePriceList(`it is not valid JSON: ${cause instanceof Error ? cause.message : 'unknown'}`, { cause })
  }
}

function readNumeral(source: string | undefined): Decimal {
  if (source === undefined) throw new Error('This JavaScript engine does not give the source of JSON numbers; Node 24 does')
  if (source.length > MAX_NUMERAL) throw new UnreadablePriceList(`a number has ${source.length} characters, more than ${MAX_NUMERAL}`)
  return new Decimal(source)
}
