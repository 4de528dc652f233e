import { GraphQLError, type ValueNode, valueFromASTUntyped } from 'graphql'

type JsonValue = string | number | boolean | object | null | undefined

/** A JSON object. Input may be any JSON, but it is taken for attributes only, whose own check refuses what is no object. */
export type JsonObject = Readonly<Record<string, JsonValue>>

const MAX_DEPTH = 32

/** How `JSON` is read and written: as it is, so long as it is not nested beyond reason. */
export const jsonScalar = {
  description: 'Any JSON value. Where one is taken as input, the field says what it must be.',
  serialize: (value: unknown) => value,
  parseValue: readJson,
  parseLiteral: (node: ValueNode, variables: Record<string, unknown> | null | undefined) => readJson(valueFromASTUntyped(node, variables)),
}

/** Without recursion: what is nested too deeply for the stack must be refused, not thrown over. */
function readJson(value: unknown): JsonObject {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw new GraphQLError(`JSON must not be nested deeper than ${MAX_DEPTH} levels.`)
    level = level.flatMap((item): unknown[] => (typeof item === 'object' && item !== null ? Object.values(item) : []))
  }
  return value as JsonObject
}
