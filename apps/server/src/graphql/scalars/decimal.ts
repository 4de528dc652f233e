import { Decimal, parseDecimal } from '@tollgate/kernel'
import { GraphQLError, Kind, type ValueNode } from 'graphql'

/** A JSON number keeps 15 significant digits exactly. Of a longer number, digits may be lost before it gets here. */
const DOUBLE_DIGITS = 15

/** A decimal with an exponent. Its length is bounded, so that its expansion is short. */
const WITH_EXPONENT = /^-?\d{1,20}(?:\.\d{1,24})?e[+-]?\d{1,2}$/i

/** The scalar `Decimal`: numbers are read exactly or rejected. */
export const decimalScalar = {
  description:
    'An exact decimal number as a string: "0.0135". Inputs can also be JSON numbers of up to 15 significant digits; send longer ones as strings. An exponent is accepted: "5e-7". At most 20 digits before the point and 24 after it.',
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
  const decimal = typeof value === 'string' ? (parseDecimal(value) ?? readExponent(value)) : undefined
  if (decimal === undefined)
    throw new GraphQLError(
      `Decimal must be a decimal number as a string, such as "0.0135" or "5e-7", with at most 20 digits before the point and 24 after it, not ${shown(value)}.`,
    )
  return decimal
}

function readExponent(text: string): Decimal | undefined {
  return WITH_EXPONENT.test(text) ? parseDecimal(new Decimal(text).toFixed()) : undefined
}

function readNumber(value: number): Decimal {
  const decimal = new Decimal(value)
  if (!decimal.isFinite() || decimal.precision() > DOUBLE_DIGITS || parseDecimal(decimal.toFixed()) === undefined) {
    throw new GraphQLError(`Decimal ${value} has more digits than a JSON number can represent exactly; send it as a string.`)
  }
  return decimal
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
