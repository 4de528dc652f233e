import { Decimal } from '@tollgate/kernel'
import { UnreadablePriceList } from '../../model/errors.ts'

/** No price has a longer numeral. */
const MAX_NUMERAL = 40

/** A reviver with its third argument: the source text of a primitive (ECMAScript's JSON.parse source text access). */
type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown

/** Parses JSON and reads every number as the exact decimal that is written: 2.5e-07 is 0.00000025. Throws `UnreadablePriceList`. */
export function parseExactJson(text: string): unknown {
  const exactly: Reviver = (_key, value, context) => (typeof value === 'number' ? readNumeral(context?.source) : value)
  try {
    return JSON.parse(text, exactly)
  } catch (cause) {
    if (cause instanceof UnreadablePriceList) throw cause
    throw new UnreadablePriceList(`it is not valid JSON (${cause instanceof Error ? cause.message : 'unknown error'})`, { cause })
  }
}

function readNumeral(source: string | undefined): Decimal {
  if (source === undefined) throw new Error('This JavaScript engine does not give access to the source text of JSON numbers. Use Node.js 24 or later')
  if (source.length > MAX_NUMERAL) throw new UnreadablePriceList(`a number has ${source.length} characters, more than ${MAX_NUMERAL}`)
  return new Decimal(source)
}
