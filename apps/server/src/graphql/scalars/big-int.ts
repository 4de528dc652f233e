import { GraphQLError } from 'graphql'

/** The scalar `BigInt`, which is for output only. */
export const bigIntScalar = {
  description:
    'An integer of any size. A JSON number up to 9,007,199,254,740,991 (2^53 - 1), which JSON numbers represent exactly; beyond, a string of its digits.',
  serialize(value: unknown): number | string {
    if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value
    throw new GraphQLError('BigInt must be an integer.')
  },
}
