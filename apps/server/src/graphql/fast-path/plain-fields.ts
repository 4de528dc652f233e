import {
  defaultFieldResolver,
  getNullableType,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isLeafType,
  isNonNullType,
} from 'graphql'
import type { FieldDetailsList, GroupedFieldSet } from 'graphql/execution/collectFields'

/** A field of a selection set, prepared for all executions of its operation. */
export interface FieldStep {
  /** Its name in the result. */
  readonly name: string
  /** Where the operation selects it. */
  readonly places: FieldDetailsList
  /** How its value is read; undefined if it has a resolver, or is not a leaf. */
  readonly leaf: PlainLeaf | undefined
}

/** How the fields of a selection set are executed, in their order. */
export interface FieldSteps {
  readonly steps: readonly FieldStep[]
  /**
   * Whether an object literal can have all names: every one but `__proto__`, which an alias may be. Objects without a prototype
   * can have that name too, but take twice as long to fill and to write as JSON.
   */
  readonly hasPlainNames: boolean
}

/** A leaf whose value is a property of its object. */
export interface PlainLeaf {
  readonly property: string
  readonly type: GraphQLLeafType
  readonly isNullable: boolean
}

/** Stands for a value that graphql has to read, because it is wrong, late or a method. */
export const NOT_PLAIN = Symbol('not plain')

/** Returns the steps of the fields that are selected of a type. */
export function stepsOf(schema: GraphQLSchema, type: GraphQLObjectType, fields: GroupedFieldSet): FieldSteps {
  const steps = [...fields].map(([name, places]) => {
    const field = schema.getField(type, places[0]?.node.name.value ?? '')
    return { name, places, leaf: field && plainLeaf(field) }
  })
  return { steps, hasPlainNames: !fields.has('__proto__') }
}

function plainLeaf(field: GraphQLField<unknown, unknown>): PlainLeaf | undefined {
  const type = getNullableType(field.type)
  const property = propertyOf(field)
  return property !== undefined && isLeafType(type) ? { property, type, isNullable: !isNonNullType(field.type) } : undefined
}

/** Returns the property that a field shows; undefined if it has a resolver. */
function propertyOf({ name, resolve, extensions }: GraphQLField<unknown, unknown>): string | undefined {
  if (resolve === undefined || resolve === defaultFieldResolver) return name
  // Pothos resolves a field that shows a property of another name with a function that only reads it, unless a plugin wraps it.
  const { pothosExposedField, pothosResolveWrapped } = extensions as { readonly pothosExposedField?: string; readonly pothosResolveWrapped?: boolean }
  return pothosResolveWrapped === false ? pothosExposedField : undefined
}

/** Reads a leaf of an object, or returns `NOT_PLAIN`. */
export function readLeaf(source: unknown, { property, type, isNullable }: PlainLeaf): unknown {
  if (typeof source !== 'object' || source === null) return NOT_PLAIN
  const value = (source as Readonly<Record<string, unknown>>)[property]
  if (value === undefined || value === null) return isNullable ? null : NOT_PLAIN
  return completeLeaf(type, value)
}

/** Returns the items of a list of leaves; undefined if it is no such list, or graphql has to look at an item. */
export function completeLeafItems(itemType: GraphQLOutputType, items: readonly unknown[]): unknown[] | undefined {
  const type = getNullableType(itemType)
  if (!isLeafType(type)) return undefined
  const isNullable = !isNonNullType(itemType)
  const completed: unknown[] = []
  for (const item of items) {
    const value = item === undefined || item === null ? nullIf(isNullable) : completeLeaf(type, item)
    if (value === NOT_PLAIN) return undefined
    completed.push(value)
  }
  return completed
}

function nullIf(isNullable: boolean): null | typeof NOT_PLAIN {
  return isNullable ? null : NOT_PLAIN
}

function completeLeaf(type: GraphQLLeafType, value: unknown): unknown {
  if (typeof value === 'function' || value instanceof Error || isPromiseLike(value)) return NOT_PLAIN
  try {
    return type.coerceOutputValue(value) ?? NOT_PLAIN
  } catch {
    return NOT_PLAIN // Graphql meets the same error, and knows the place.
  }
}

function isPromiseLike(value: unknown): boolean {
  return typeof value === 'object' && typeof (value as { readonly then?: unknown }).then === 'function'
}
