import { parseInstant, type Temporal } from '@tollgate/kernel'
import { GraphQLError, Kind, type ValueNode } from 'graphql'

/** The scalar `DateTime`. */
export const dateTimeScalar = {
  description: 'A time in RFC 3339 with an offset from UTC: "2026-11-20T09:30:00Z", "2026-11-20T15:00:00.250+05:30". Returned in UTC.',
  serialize: (value: unknown) => String(value),
  parseValue: readInstant,
  parseLiteral: (node: ValueNode) => readInstant(node.kind === Kind.STRING ? node.value : undefined),
}

function readInstant(value: unknown): Temporal.Instant {
  const instant = typeof value === 'string' ? parseInstant(value) : undefined
  if (instant === undefined) {
    const given = typeof value === 'string' ? `, not ${JSON.stringify(value.slice(0, 60))}` : ''
    throw new GraphQLError(`DateTime must be a string in RFC 3339 with an offset, such as "2026-11-20T09:30:00Z"${given}.`)
  }
  return instant
}
