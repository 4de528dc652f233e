import { checkStorable, describeIssues, isStorableText } from '@tollgate/kernel'
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

function readJson(value: unknown): JsonObject {
  requireMaxDepth(value)
  if (hasUnstorableText(value)) throw new GraphQLError(`JSON cannot be stored: ${describeIssues(checkStorable('', value))}.`)
  return value as JsonObject
}

/** Throws if a value is nested too deeply. */
function requireMaxDepth(value: unknown): void {
  if (isDeeperThan(value, MAX_DEPTH)) throw new GraphQLError(`JSON must not be nested deeper than ${MAX_DEPTH} levels.`)
}

function isDeeperThan(value: unknown, max: number): boolean {
  if (max < 0) return true
  if (typeof value !== 'object' || value === null) return false
  for (const key in value) if (isDeeperThan((value as Record<string, unknown>)[key], max - 1)) return true
  return false
}

/** Recurses, so call it for values of a bounded depth only. */
function hasUnstorableText(value: unknown): boolean {
  if (typeof value === 'string') return !isStorableText(value)
  if (typeof value !== 'object' || value === null) return false
  for (const key in value) if (!isStorableText(key) || hasUnstorableText((value as Record<string, unknown>)[key])) return true
  return false
}
