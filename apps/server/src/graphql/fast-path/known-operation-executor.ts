import {
  BREAK,
  defaultFieldResolver,
  type ExecutionResult,
  GraphQLError,
  type GraphQLObjectType,
  locatedError,
  OperationTypeNode,
  type ValidatedExecutionArgs,
  visit,
} from 'graphql'
import { resolveChannel, shouldTrace } from 'graphql/diagnostics'
import { collectFields, collectSubfields, type FieldDetailsList, type GroupedFieldSet } from 'graphql/execution/collectFields'
import { createSharedExecutionContext } from 'graphql/execution/createSharedExecutionContext'
import { Executor } from 'graphql/execution/Executor'
import { completeLeafItems, type FieldSteps, NOT_PLAIN, readLeaf, stepsOf } from './plain-fields.ts'

type Path = Parameters<Executor['collectAndExecuteSubfields']>[2]

/** The fields of an operation, which graphql collects again in each execution. */
export interface CollectedFields {
  readonly rootType: GraphQLObjectType
  readonly root: GroupedFieldSet
  /** Those of each place of the operation, by the type of the object that is found there. Filled by executions. */
  readonly inner: Map<FieldDetailsList, Map<GraphQLObjectType, GroupedFieldSet>>
  /** How the fields of each of these sets are executed. Filled by executions. */
  readonly steps: Map<GroupedFieldSet, FieldSteps>
}

const NO_VARIABLES = { sources: {}, coerced: {} }

/** Collects the fields of an operation, if they are the same in every execution: without directives and variables of fragments. */
export function collectOnce({ schema, document, fragments, operation, hideSuggestions }: ValidatedExecutionArgs): CollectedFields | undefined {
  const rootType = schema.getRootType(operation.operation)
  let isSame = rootType !== undefined
  visit(document, {
    Directive: () => {
      isSame = false
      return BREAK
    },
    FragmentDefinition: ({ variableDefinitions = [] }) => {
      if (variableDefinitions.length > 0) isSame = false
    },
  })
  if (!isSame || !rootType) return undefined
  const { groupedFieldSet: root } = collectFields(schema, fragments, NO_VARIABLES, rootType, operation.selectionSet, hideSuggestions)
  return { rootType, root, inner: new Map(), steps: new Map() }
}

/**
 * Graphql's executor without what a known operation does not need: it collects fields once for all executions, reads values that
 * are properties of their object without an argument list, a path and a description of the field, and creates an AbortController
 * only for a resolver that asks for its signal. Each of these costs as much as a small query itself. How other fields are
 * resolved and completed, and what happens with errors, is graphql's.
 */
export class KnownOperationExecutor extends Executor {
  readonly #fields: CollectedFields

  constructor(args: ValidatedExecutionArgs, fields: CollectedFields) {
    super(args, SHARED)
    this.#fields = fields
    this.getAbortSignal = signalOf(this)
  }

  override executeRootSelectionSet(): Promise<ExecutionResult> | ExecutionResult {
    const { rootValue, operation } = this.validatedExecutionArgs
    const { rootType, root } = this.#fields
    try {
      const data = this.executeRootGroupedFieldSet(rootType, rootValue, root, operation.operation === OperationTypeNode.MUTATION, undefined)
      if (!(data instanceof Promise)) return this.finish(this.buildResponse(data))
      return data.then(
        value => this.finish(this.buildResponse(value)),
        (error: unknown) => this.#fail(error),
      )
    } catch (error) {
      return this.#fail(error)
    }
  }

  #fail(error: unknown): ExecutionResult {
    this.collectedErrors.add(error instanceof GraphQLError ? error : locatedError(error, undefined), undefined)
    return this.finish(this.buildResponse(null))
  }

  override executeFields(...set: Parameters<Executor['executeFields']>) {
    const [type, source, path, fields, position] = set
    const { fieldResolver } = this.validatedExecutionArgs
    if (fieldResolver !== defaultFieldResolver || shouldTrace(resolveChannel)) return super.executeFields(...set)
    const { steps, hasPlainNames } = this.#stepsOf(type, fields)
    if (!hasPlainNames) return super.executeFields(...set)
    const data: Record<string, unknown> = {}
    let containsPromise = false
    try {
      for (const step of steps) {
        const value = step.leaf === undefined ? NOT_PLAIN : readLeaf(source, step.leaf)
        if (value !== NOT_PLAIN) {
          data[step.name] = value
          continue
        }
        const completed = this.executeField(type, source, step.places, { prev: path, key: step.name, typename: type.name }, position, undefined)
        if (completed === undefined) continue
        data[step.name] = completed
        if (completed instanceof Promise) containsPromise = true
      }
    } catch (error) {
      if (containsPromise) this.sharedExecutionContext.asyncWorkTracker.addValues(Object.values(data))
      throw error
    }
    return containsPromise ? this.#settled(data) : data
  }

  /** Waits for the values of an object, which keep their order. */
  async #settled(data: Record<string, unknown>): Promise<Record<string, unknown>> {
    const values = await this.promiseAll(Object.values(data))
    for (const [at, name] of Object.keys(data).entries()) data[name] = values[at]
    return data
  }

  override collectAndExecuteSubfields(returnType: GraphQLObjectType, fieldDetailsList: FieldDetailsList, path: Path, result: unknown) {
    return this.executeFields(returnType, result, path, this.#subfields(returnType, fieldDetailsList), undefined)
  }

  /** Graphql looks for `@stream` in each list of each execution, and remembers the answer until a full garbage collection. Documents with directives are not executed here. */
  override completeListValue(...list: Parameters<Executor['completeListValue']>) {
    const [returnType, place, info, path, result] = list
    if (!Array.isArray(result)) return super.completeListValue(...list)
    const items: readonly unknown[] = result
    const leaves = completeLeafItems(returnType.ofType, items)
    if (leaves !== undefined) return leaves
    const completed: unknown[] = []
    let containsPromise = false
    for (let index = 0; index < items.length; index += 1) {
      try {
        const itemPath: Path = { prev: path, key: index, typename: undefined }
        if (this.completeMaybePromisedListItemValue(items[index], completed, returnType.ofType, place, info, itemPath, undefined)) containsPromise = true
      } catch (error) {
        // These promises are no longer awaited, so their rejections must be handled.
        this.sharedExecutionContext.asyncWorkTracker.addValues([...completed, ...items.slice(index + 1)])
        throw error
      }
    }
    return containsPromise ? this.promiseAll(completed) : completed
  }

  #stepsOf(type: GraphQLObjectType, fields: GroupedFieldSet): FieldSteps {
    let steps = this.#fields.steps.get(fields)
    if (steps === undefined) this.#fields.steps.set(fields, (steps = stepsOf(this.validatedExecutionArgs.schema, type, fields)))
    return steps
  }

  #subfields(type: GraphQLObjectType, place: FieldDetailsList): GroupedFieldSet {
    const { inner } = this.#fields
    let byType = inner.get(place)
    if (byType === undefined) inner.set(place, (byType = new Map<GraphQLObjectType, GroupedFieldSet>()))
    let fields = byType.get(type)
    if (fields === undefined) {
      const { schema, fragments, hideSuggestions } = this.validatedExecutionArgs
      fields = collectSubfields(schema, fragments, NO_VARIABLES, type, place, hideSuggestions).groupedFieldSet
      byType.set(type, fields)
    }
    return fields
  }
}

/**
 * Shared by all executions: it only tracks abandoned promises until they settle. Its signal is never read, because `getAbortSignal`
 * is replaced.
 */
const SHARED = createSharedExecutionContext(undefined)

/**
 * Returns a function that creates the AbortController of an executor for the first resolver that wants its signal. A function
 * in the constructor that refers to `this` would keep each executor alive until a full garbage collection, and take longer than
 * a small query.
 */
function signalOf(executor: Executor): () => AbortSignal {
  return () => {
    if (executor.aborted) return AbortSignal.abort()
    executor.resolverAbortController ??= new AbortController()
    return executor.resolverAbortController.signal
  }
}
