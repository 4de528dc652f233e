import { GraphQLError, type ValueNode, valueFromASTUntyped } from 'graphql'

type JsonValue = string | number | boolean | object | null | undefined

/** A JSON object. The scalar accepts any JSON, but inputs of it are attributes only, and their own check rejects anything but an object. */
export type JsonObject = Readonly<Record<string, JsonValue>>

const MAX_DEPTH = 32

/** The scalar `JSON`: any JSON up to a maximum depth. */
export const jsonScalar = {
  description: 'Any JSON value. An input field of this type says which values it accepts.',
  serialize: (value: unknown) => value,
  parseValue: readJson,
  parseLiteral: (node: ValueNode, variables: Record<string, unknown> | null | undefined) => readJson(valueFromASTUntyped(node, variables)),
}

/** Iterates instead of recursing, because deep nesting must be rejected and must not overflow the stack. */
function readJson(value: unknown): JsonObject {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw new GraphQLError(`JSON must not be nested deeper than ${MAX_DEPTH} levels.`)
    level = level.flatMap((item): unknown[] => (typeof item === 'object' && item !== null ? Object.values(item) : []))
  }
  return value as JsonObject
}
