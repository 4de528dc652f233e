import {
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  type GraphQLInputType,
  isInputType,
  isNonNullType,
  Kind,
  typeFromAST,
  type ValidatedExecutionArgs,
  validateExecutionArgs,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql'
import { inputCoercion, NOT_COERCED } from './input-coercion.ts'
import { literalValue, OMITTED } from './literal-value.ts'
import { type KeptLiteral, separateKeptLiterals } from './separate-kept-literals.ts'

/** The variables of an execution, in graphql's own form. */
type VariableValues = ValidatedExecutionArgs['variableValues']

/** The variables of a request. */
interface Inputs {
  readonly definitions: ReadonlyMap<string, VariableDefinitionNode>
  readonly values: Readonly<Record<string, unknown>>
}

/** Variables that are being coerced. */
interface Coerced {
  readonly sources: Record<string, VariableValues['sources'][string]>
  readonly coerced: Record<string, unknown>
}

/**
 * Coerces the variables of an operation with `inputCoercion`. Returns what graphql's `validateExecutionArgs` returns, or
 * undefined to leave the operation to graphql, because a variable has an error. Values that graphql refuses inside a type
 * with `keepsRefusedValues` are kept for its resolver, whether they are in variables or in the text of the document.
 */
export function coerceVariables(args: ExecutionArgs): ValidatedExecutionArgs | undefined {
  const { document, literals, innerVariables } = separateKeptLiterals(args.schema, args.document)
  const operation = getOperationAST(document, args.operationName)
  if (!operation) return undefined
  const definitions = new Map((operation.variableDefinitions ?? []).map(definition => [definition.variable.name.value, definition]))
  const inputs = { definitions, values: args.variableValues ?? {} }
  const variableValues: Coerced = { sources: Object.create(null) as Coerced['sources'], coerced: Object.create(null) as Coerced['coerced'] }
  for (const [name, definition] of definitions) {
    const type = typeFromAST(args.schema, definition.type)
    if (!isInputType(type)) return undefined
    const isDone = innerVariables.has(name) ? hasRequiredValue(name, type, inputs) : coerceVariable(name, type, { inputs, definition, variableValues })
    if (!isDone) return undefined
  }
  for (const [name, literal] of literals) if (!coerceLiteral(name, literal, { inputs, variableValues })) return undefined

  // Validates the operation without variables and adds them afterwards, because graphql would coerce them again.
  const validated = validateExecutionArgs({ ...args, document: withoutVariables(document), variableValues: {} })
  return 'schema' in validated ? { ...validated, document: args.document, operation, variableValues, rawVariableValues: args.variableValues } : undefined
}

/** Returns whether the variable has a valid value, or none where none is needed. */
function coerceVariable(
  name: string,
  type: GraphQLInputType,
  { inputs, definition, variableValues: { sources, coerced } }: { inputs: Inputs; definition: VariableDefinitionNode; variableValues: Coerced },
): boolean {
  const signature = { name, type, default: definition.defaultValue && { literal: definition.defaultValue } }
  const input = inputOf(name, inputs)
  const isSent = Object.hasOwn(inputs.values, name)
  sources[name] = isSent ? { signature, value: inputs.values[name] } : { signature }
  if (input === OMITTED) return !isNonNullType(type)
  const value = inputCoercion(type)(input)
  if (value === NOT_COERCED) return false
  coerced[name] = value
  return true
}

/** Returns whether a variable that must have a value has one. Null in place of a type that keeps refused values is kept. */
function hasRequiredValue(name: string, type: GraphQLInputType, inputs: Inputs): boolean {
  const input = inputOf(name, inputs)
  return input === null ? inputCoercion(type)(null) !== NOT_COERCED : input !== OMITTED || !isNonNullType(type)
}

function coerceLiteral(name: string, { node, type }: KeptLiteral, { inputs, variableValues }: { inputs: Inputs; variableValues: Coerced }): boolean {
  const value = inputCoercion(type)(literalValue(node, variable => inputOf(variable, inputs)))
  if (value === NOT_COERCED) return false
  variableValues.sources[name] = { signature: { name, type, default: undefined } }
  variableValues.coerced[name] = value
  return true
}

/** Returns what was sent for a variable, or else its default, or else `OMITTED`. */
function inputOf(name: string, { definitions, values }: Inputs): unknown {
  if (Object.hasOwn(values, name)) return values[name]
  const value: ValueNode | undefined = definitions.get(name)?.defaultValue
  return value === undefined ? OMITTED : literalValue(value, () => OMITTED)
}

const stripped = new WeakMap<DocumentNode, DocumentNode>()

/** Returns the document without variable definitions. Documents are cached, so this is made once for each. */
function withoutVariables(document: DocumentNode): DocumentNode {
  const known = stripped.get(document)
  if (known !== undefined) return known
  const definitions = document.definitions.map(definition =>
    definition.kind === Kind.OPERATION_DEFINITION ? { ...definition, variableDefinitions: [] } : definition,
  )
  const made = { ...document, definitions }
  stripped.set(document, made)
  return made
}
