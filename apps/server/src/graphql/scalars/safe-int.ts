import { longNumberText } from '@tollgate/kernel'
import { GraphQLError, Kind, type ValueNode } from 'graphql'

/** The scalar `SafeInt`. */
export const safeIntScalar = {
  description: 'An integer up to 9,007,199,254,740,991 (2^53 - 1), which a JSON number represents exactly. For counts that can exceed the 32 bits of Int.',
  serialize: (value: unknown) => readSafeInt(value),
  parseValue: readSafeInt,
  parseLiteral: (node: ValueNode) =>
    readSafeInt(node.kind === Kind.INT ? Number(node.value) : node.kind === Kind.FLOAT || node.kind === Kind.STRING ? node.value : undefined),
}

function readSafeInt(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  const isShown = typeof value === 'number' || typeof value === 'string' || longNumberText(value) !== undefined
  const given = isShown ? `, not ${JSON.stringify(value).slice(0, 60)}` : ''
  throw new GraphQLError(`SafeInt must be an integer up to 2^53 - 1${given}.`)
}
