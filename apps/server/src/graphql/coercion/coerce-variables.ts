import {
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  typeFromAST,
  type ValidatedExecutionArgs,
  validateExecutionArgs,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql'
import { type InputCoercion, inputCoercion, NOT_COERCED } from './input-coercion.ts'
import { literalValue, OMITTED } from './literal-value.ts'
import { refusedInput } from './collect-issues.ts'
import { hasRefusedLiterals } from './refused-literals.ts'
import { type KeptLiteral, separateKeptLiterals, type Separation } from './separate-kept-literals.ts'

/** The variables of an execution, in graphql's own form. */
type VariableValues = ValidatedExecutionArgs['variableValues']

/** A variable of an operation, and what can be said of it before its value is known. */
interface Variable {
  readonly name: string
  readonly type: GraphQLInputType
  readonly signature: VariableValues['sources'][string]['signature']
  readonly coerce: InputCoercion
  readonly isRequired: boolean
  /** Whether it is used inside literals of types with `keepsRefusedValues`, and nowhere else. */
  readonly isInner: boolean
}

/** An operation of a document, with everything that does not depend on the request. */
export interface PreparedOperation {
  readonly operation: OperationDefinitionNode
  /** Returns the coerced variables, or undefined to leave them to graphql, because one has an error. */
  coerce(values: Readonly<Record<string, unknown>>): VariableValues | undefined
  /** Returns what graphql's `validateExecutionArgs` returns of the operation without variables. Undefined if it has an error. */
  validate(args: Omit<ExecutionArgs, 'document' | 'variableValues'>): ValidatedExecutionArgs | undefined
}

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
 * with `keepsRefusedValues` are kept for its resolver, whether they are in variables or in the text of the document. Inputs of
 * mutations with a value that graphql refuses become a `RefusedInput`.
 */
export function coerceVariables(args: ExecutionArgs): ValidatedExecutionArgs | undefined {
  return coerceWith(prepareOperation(args), args) ?? coerceWith(prepareOperation(args, 'inputs'), args)
}

function coerceWith(prepared: PreparedOperation | undefined, args: ExecutionArgs): ValidatedExecutionArgs | undefined {
  const variableValues = prepared?.coerce(args.variableValues ?? {})
  const validated = variableValues && prepared?.validate(args)
  return validated && { ...validated, variableValues, rawVariableValues: args.variableValues }
}

const preparations = {
  kept: new WeakMap<DocumentNode, Map<string | null, PreparedOperation>>(),
  inputs: new WeakMap<DocumentNode, Map<string | null, PreparedOperation>>(),
}

/** The variables of operations without any. */
const NOTHING_COERCED: VariableValues = { sources: {}, coerced: {} }

/** Prepares an operation. Documents are cached, so this is done once for each operation of one. Undefined if there is no such operation. */
export function prepareOperation(
  { schema, document, operationName = null }: Pick<ExecutionArgs, 'schema' | 'document' | 'operationName'>,
  separation: Separation = hasRefusedLiterals(document) ? 'inputs' : 'kept',
): PreparedOperation | undefined {
  const prepared = preparations[separation]
  const ofDocument = prepared.get(document)
  const known = ofDocument?.get(operationName)
  if (known !== undefined) return known
  const made = prepare(schema, document, { operationName, separation })
  if (made === undefined) return undefined
  if (ofDocument === undefined) prepared.set(document, new Map([[operationName, made]]))
  else ofDocument.set(operationName, made)
  return made
}

function prepare(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operationName, separation }: { readonly operationName: string | null; readonly separation: Separation },
): PreparedOperation | undefined {
  const separated = separateKeptLiterals(schema, document, separation)
  const operation = getOperationAST(separated.document, operationName)
  if (!operation || (separation === 'inputs' && operation.operation !== OperationTypeNode.MUTATION)) return undefined
  const coercionOf = (type: GraphQLInputType) => (separation === 'inputs' && isObjectInput(type) ? refusing(type) : inputCoercion(type))
  const definitions = new Map((operation.variableDefinitions ?? []).map(definition => [definition.variable.name.value, definition]))
  const variables: Variable[] = []
  for (const [name, definition] of definitions) {
    const type = typeFromAST(schema, definition.type)
    if (!isInputType(type)) return undefined
    const signature = { name, type, default: definition.defaultValue && { literal: definition.defaultValue } }
    variables.push({ name, type, signature, coerce: coercionOf(type), isRequired: isNonNullType(type), isInner: separated.innerVariables.has(name) })
  }
  const literals = Array.from(separated.literals, ([name, { node, type }]) => ({ name, node, type, coerce: coercionOf(type) }))
  // Validates the operation without variables, because graphql would coerce them again.
  const withoutVariables = documentWithoutVariables(separated.document)
  return {
    operation,
    coerce(values) {
      if (variables.length === 0 && literals.length === 0) return NOTHING_COERCED
      const inputs = { definitions, values }
      const into: Coerced = { sources: Object.create(null) as Coerced['sources'], coerced: Object.create(null) as Coerced['coerced'] }
      for (const variable of variables) if (!(variable.isInner ? hasRequiredValue(variable, inputs) : coerceVariable(variable, inputs, into))) return undefined
      for (const literal of literals) if (!coerceLiteral(literal, { inputs, into })) return undefined
      return into
    },
    validate(args) {
      const validated = validateExecutionArgs({ ...args, document: withoutVariables, variableValues: {} })
      return 'schema' in validated ? { ...validated, document, operation } : undefined
    },
  }
}

/** Returns whether the variable has a valid value, or none where none is needed. */
function coerceVariable({ name, signature, coerce, isRequired }: Variable, inputs: Inputs, { sources, coerced }: Coerced): boolean {
  const input = inputOf(name, inputs)
  const isSent = Object.hasOwn(inputs.values, name)
  sources[name] = isSent ? { signature, value: inputs.values[name] } : { signature }
  if (input === OMITTED) return !isRequired
  const value = coerce(input)
  if (value === NOT_COERCED) return false
  coerced[name] = value
  return true
}

/** Returns whether a variable that must have a value has one. Null in place of a type that keeps refused values is kept. */
function hasRequiredValue({ name, coerce, isRequired }: Variable, inputs: Inputs): boolean {
  const input = inputOf(name, inputs)
  return input === null ? coerce(null) !== NOT_COERCED : input !== OMITTED || !isRequired
}

/** A literal, and how it is coerced. */
interface PreparedLiteral extends KeptLiteral {
  readonly name: string
  readonly coerce: InputCoercion
}

function coerceLiteral({ name, node, type, coerce }: PreparedLiteral, { inputs, into }: { inputs: Inputs; into: Coerced }): boolean {
  const value = coerce(literalValue(node, variable => inputOf(variable, inputs)))
  if (value === NOT_COERCED) return false
  into.sources[name] = { signature: { name, type, default: undefined } }
  into.coerced[name] = value
  return true
}

/** Returns what was sent for a variable, or else its default, or else `OMITTED`. */
function inputOf(name: string, { definitions, values }: Inputs): unknown {
  if (Object.hasOwn(values, name)) return values[name]
  const value: ValueNode | undefined = definitions.get(name)?.defaultValue
  return value === undefined ? OMITTED : literalValue(value, () => OMITTED)
}

/** Keeps an input that is refused, with its issues. */
function refusing(type: GraphQLInputType): InputCoercion {
  const coerce = inputCoercion(type)
  return value => {
    const coerced = coerce(value)
    return coerced === NOT_COERCED ? refusedInput(type, value) : coerced
  }
}

function isObjectInput(type: GraphQLInputType): boolean {
  return isInputObjectType(isNonNullType(type) ? type.ofType : type)
}

function documentWithoutVariables(document: DocumentNode): DocumentNode {
  const definitions = document.definitions.map(definition =>
    definition.kind === Kind.OPERATION_DEFINITION ? { ...definition, variableDefinitions: [] } : definition,
  )
  return { ...document, definitions }
}
