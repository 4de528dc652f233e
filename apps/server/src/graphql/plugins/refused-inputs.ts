import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core'
import { InvalidInput, type Issue } from '@tollgate/kernel'
import type { GraphQLFieldResolver } from 'graphql'
import { RefusedInput } from '../coercion/refused-input.ts'
import type { GraphQLContext } from '../context.ts'
import { issuePath } from '../errors/issue-code.ts'

type AnyResolver = GraphQLFieldResolver<unknown, object, object>

/**
 * Refuses inputs with values that their types refuse, in this one place for every mutation: after it is known that the viewer may
 * use the mutation, with all issues as a typed result.
 */
export class RefusedInputsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(resolve: AnyResolver, { kind }: PothosOutputFieldConfig<Types>): AnyResolver {
    if (kind !== 'Mutation') return resolve
    return (root, args, context, info) => {
      const { input } = args as { readonly input?: object }
      const issues = RefusedInput.issuesOf(input)
      return issues.length === 0 ? resolve(root, args, context, info) : refuse(issues, checked => resolve(root, args, checked, info), context as GraphQLContext)
    }
  }
}

/** Refuses an input with all that is wrong with it: what its types say, and what the services say that the mutation uses. */
async function refuse(issues: readonly Issue[], resolve: (context: GraphQLContext) => unknown, context: GraphQLContext): Promise<never> {
  throw new InvalidInput([...issues, ...(await issuesBeside(issues, async () => resolve({ ...context, tollgate: context.tollgate.checkOnly() })))])
}

/** Returns what else is wrong with the fields whose values have the right type. */
async function issuesBeside(known: readonly Issue[], check: () => Promise<unknown>): Promise<readonly Issue[]> {
  try {
    await check()
    return []
  } catch (error) {
    // Anything else comes from a missing value, or from the missing database.
    if (!(error instanceof InvalidInput)) return []
    const topOf = (issue: Issue) => /^[^.[]*/.exec(issuePath(issue))?.[0]
    const refused = new Set(known.map(topOf))
    return error.issues.filter(issue => !refused.has(topOf(issue)))
  }
}

/** Adds the plugin to schema builders. */
export function registerRefusedInputsPlugin(): 'refusedInputs' {
  SchemaBuilder.registerPlugin('refusedInputs', RefusedInputsPlugin)
  return 'refusedInputs'
}

declare global {
  // Pothos's way to declare plugins and options.
  // oxlint-disable-next-line typescript/no-namespace
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      refusedInputs: RefusedInputsPlugin<Types>
    }
  }
}
