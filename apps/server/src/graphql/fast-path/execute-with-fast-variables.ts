import {
  type DocumentNode,
  execute,
  type ExecutionArgs,
  executeRootSelectionSet,
  type GraphQLSchema,
  isInputType,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
  type ValidatedExecutionArgs,
  validateExecutionArgs,
  type VariableDefinitionNode,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { inputCoercion, NOT_COERCED } from './input-coercion.ts'

/** The variables of an execution, in graphql's own form. */
type VariableValues = ValidatedExecutionArgs['variableValues']

/**
 * Coerces the variables of an operation by `inputCoercion` where it can, before graphql executes it. An operation that
 * is unusual, or has a mistake in a variable, is executed by graphql alone. Not by yoga's own executor, which copies
 * every value of the variables first.
 */
export function executeWithFastVariables(): Plugin {
  return {
    onExecute({ setExecuteFn }) {
      setExecuteFn((args: ExecutionArgs) => {
        const validated = validateWithFastVariables(args)
        return validated === undefined ? execute(args) : executeRootSelectionSet(validated)
      })
    },
  }
}

/** The execution with its variables coerced, ready to be run; undefined where that is left to graphql. */
export function validateWithFastVariables(args: ExecutionArgs): ValidatedExecutionArgs | undefined {
  const operation = operationOf(args.document, args.operationName)
  if (operation === undefined) return undefined
  const variableValues = coerceVariables(args.schema, operation.variableDefinitions ?? [], args.variableValues ?? {})
  if (variableValues === undefined) return undefined
  // Validated without its variables, which are then put in: graphql would coerce them once more.
  const validated = validateExecutionArgs({ ...args, document: withoutVariables(args.document), variableValues: {} })
  return 'schema' in validated ? { ...validated, document: args.document, operation, variableValues } : undefined
}

function coerceVariables(
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

function operationOf(document: DocumentNode, name: string | null | undefined): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter(definition => definition.kind === Kind.OPERATION_DEFINITION)
  const [operation] = operations
  if (operations.length !== 1 || (typeof name === 'string' && name !== '' && operation?.name?.value !== name)) return undefined
  return operation
}

const stripped = new WeakMap<DocumentNode, DocumentNode>()

/** Documents are cached by who parsed them, so this is made once for each. */
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
