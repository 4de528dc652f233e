import {
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
  isInputType,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
  type ValidatedExecutionArgs,
  validateExecutionArgs,
  type VariableDefinitionNode,
} from 'graphql'
import { inputCoercion, NOT_COERCED } from './input-coercion.ts'

/** The variables of an execution, in graphql's own form. */
type VariableValues = ValidatedExecutionArgs['variableValues']

/**
 * Coerces the variables of an operation with `inputCoercion`. Returns what graphql's `validateExecutionArgs` returns, or
 * undefined to leave the operation to graphql: it is unusual, or a variable has an error. Values that graphql refuses
 * inside a type with `keepsRefusedValues` are kept for its resolver.
 */
export function coerceVariables(args: ExecutionArgs): ValidatedExecutionArgs | undefined {
  const operation = onlyOperation(args.document, args.operationName)
  if (operation === undefined) return undefined
  const variableValues = coerceAll(args.schema, operation.variableDefinitions ?? [], args.variableValues ?? {})
  if (variableValues === undefined) return undefined
  // Validates the operation without variables and adds them afterwards, because graphql would coerce them again.
  const validated = validateExecutionArgs({ ...args, document: withoutVariables(args.document), variableValues: {} })
  return 'schema' in validated ? { ...validated, document: args.document, operation, variableValues, rawVariableValues: args.variableValues } : undefined
}

function coerceAll(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  inputs: Readonly<Record<string, unknown>>,
): VariableValues | undefined {
  const sources = Object.create(null) as Record<string, VariableValues['sources'][string]>
  const coerced = Object.create(null) as Record<string, unknown>
  for (const definition of definitions) {
    const name = definition.variable.name.value
    const type = typeFromAST(schema, definition.type)
    if (definition.defaultValue !== undefined || !isInputType(type) || !Object.hasOwn(inputs, name)) return undefined
    const value = inputCoercion(type)(inputs[name])
    if (value === NOT_COERCED) return undefined
    sources[name] = { signature: { name, type, default: undefined }, value: inputs[name] }
    coerced[name] = value
  }
  return { sources, coerced }
}

function onlyOperation(document: DocumentNode, name: string | null | undefined): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter(definition => definition.kind === Kind.OPERATION_DEFINITION)
  const [operation] = operations
  if (operations.length !== 1 || (typeof name === 'string' && name !== '' && operation?.name?.value !== name)) return undefined
  return operation
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
