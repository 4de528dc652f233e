import { Decimal, parseDecimal } from '@tollgate/kernel'
import { GraphQLError, Kind, type ValueNode } from 'graphql'

/** Doubles keep every decimal of 15 significant digits; of more, JSON may have lost some before we saw it. */
const DOUBLE_DIGITS = 15

/** How `Decimal` is read and written: exactly, or not at all. */
export const decimalScalar = {
  description:
    'An exact decimal number, written as a string: "0.0135". As input also a JSON number of up to 15 significant digits, which JSON carries exactly; longer ones must be strings. Up to 20 digits before the point and 24 after it; no exponents.',
  serialize: (value: unknown) => (value instanceof Decimal ? value.toFixed() : String(value)),
  parseValue: readDecimal,
  parseLiteral: (node: ValueNode) => {
    // In the text of a query a number still has the digits that were typed.
    if (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT) return readDecimal(node.value)
    throw new GraphQLError('Decimal must be a string such as "0.0135".', { nodes: node })
  },
}

function readDecimal(value: unknown): Decimal {
  if (typeof value === 'number') return readNumber(value)
  const decimal = typeof value === 'string' ? parseDecimal(value) : undefined
  if (decimal === undefined)
    throw new GraphQLError(
      `Decimal must be a plain decimal number as a string, such as "0.0135", with up to 20 digits before the point and 24 after it, not ${shown(value)}.`,
    )
  return decimal
}

function readNumber(value: number): Decimal {
  const decimal = new Decimal(value)
  if (!decimal.isFinite() || decimal.precision() > DOUBLE_DIGITS || parseDecimal(decimal.toFixed()) === undefined) {
    throw new GraphQLError(`Decimal ${value} has more digits than a JSON number carries exactly; send it as a string.`)
  }
  return decimal
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
