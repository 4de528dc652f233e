import { Decimal, longNumberText, parseDecimal } from '@tollgate/kernel'
import { GraphQLError, Kind, type ValueNode } from 'graphql'

/** An integer of more digits may have lost some. */
const MAX_INTEGER_DIGITS = 15

/** A decimal with an exponent. Its length is bounded, so that its expansion is short. */
const WITH_EXPONENT = /^-?\d{1,20}(?:\.\d{1,24})?e[+-]?\d{1,2}$/i

/** The scalar `Decimal`: numbers are read exactly or rejected. */
export const decimalScalar = {
  description:
    'An exact decimal number as a string: "0.0135". Inputs can also be JSON numbers, whose digits all count. An exponent is accepted: "5e-7". At most 20 digits before the point and 24 after it.',
  serialize: (value: unknown) => (value instanceof Decimal ? value.toFixed() : String(value)),
  parseValue: readDecimal,
  parseLiteral: (node: ValueNode) => {
    // A number in the text of a query still has all its digits.
    if (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT) return readDecimal(node.value)
    throw new GraphQLError('Decimal must be a string such as "0.0135".', { nodes: node })
  },
}

function readDecimal(value: unknown): Decimal {
  if (typeof value === 'number') return readNumber(value)
  const text = longNumberText(value) ?? value
  const decimal = typeof text === 'string' ? (parseDecimal(text) ?? readExponent(text)) : undefined
  if (decimal === undefined)
    throw new GraphQLError(
      `Decimal must be a decimal number as a string, such as "0.0135" or "5e-7", with at most 20 digits before the point and 24 after it, not ${shown(value)}.`,
    )
  return decimal
}

function readExponent(text: string): Decimal | undefined {
  return WITH_EXPONENT.test(text) ? parseDecimal(new Decimal(text).toFixed()) : undefined
}

/** Bodies are parsed so that numbers have the digits that were sent. An integer beyond 2^53 - 1 was not, and may have lost some. */
function readNumber(value: number): Decimal {
  const decimal = parseDecimal(new Decimal(value).toFixed())
  if (decimal === undefined || (decimal.isInteger() && decimal.precision() > MAX_INTEGER_DIGITS && !Number.isSafeInteger(value))) {
    throw new GraphQLError(`Decimal ${value} has more digits than a JSON number can represent exactly; send it as a string.`)
  }
  return decimal
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
