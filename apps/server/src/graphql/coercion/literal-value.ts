import { type LongNumber, readJsonNumber } from '@tollgate/kernel'
import { Kind, type ValueNode } from 'graphql'

/** The value of a variable that was omitted and has no default. */
export const OMITTED = Symbol('omitted')

type JsonValue = string | boolean | null | number | LongNumber | readonly unknown[] | object

/**
 * Returns a value in the text of a document as the JSON that says the same. Numbers keep their digits. `variable` returns
 * the values of variables; a field whose variable is omitted is omitted.
 */
export function literalValue(node: ValueNode, variable: (name: string) => unknown): JsonValue | typeof OMITTED {
  switch (node.kind) {
    case Kind.VARIABLE:
      return variable(node.name.value) as JsonValue | typeof OMITTED
    case Kind.NULL:
      return null
    case Kind.INT:
    case Kind.FLOAT:
      return readJsonNumber(node.value)
    case Kind.STRING:
    case Kind.ENUM:
    case Kind.BOOLEAN:
      return node.value
    case Kind.LIST:
      return node.values.map(item => nullIfOmitted(literalValue(item, variable)))
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map(field => [field.name.value, literalValue(field.value, variable)] as const).filter(([, value]) => value !== OMITTED),
      )
  }
}

function nullIfOmitted(value: unknown): unknown {
  return value === OMITTED ? null : value
}
