import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type InputShapeFromFields,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core'
import { InvalidInput, type Issue } from '@tollgate/kernel'
import type { GraphQLFieldResolver } from 'graphql'
import { RefusedInput } from './coercion/refused-input.ts'
import { issuePath } from './errors/issue-code.ts'

type AnyResolver = GraphQLFieldResolver<unknown, object, object>
type CheckInput = (input: object) => unknown

/**
 * Refuses inputs with values that their types refuse, in this one place for every mutation: after it is known that the viewer may
 * use the mutation, with all issues as a typed result.
 */
export class RefusedInputsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(resolve: AnyResolver, { kind, pothosOptions }: PothosOutputFieldConfig<Types>): AnyResolver {
    if (kind !== 'Mutation') return resolve
    const { checkInput } = pothosOptions as unknown as { readonly checkInput?: CheckInput }
    return (root, args, context, info) => {
      const { input } = args as { readonly input?: object }
      const issues = RefusedInput.issuesOf(input)
      if (issues.length > 0) throw new InvalidInput([...issues, ...issuesBeside(issues, input ?? {}, checkInput)])
      return resolve(root, args, context, info)
    }
  }
}

/** Returns what else is wrong with the fields whose values have the right type. */
function issuesBeside(known: readonly Issue[], input: object, checkInput: CheckInput = () => {}): readonly Issue[] {
  try {
    checkInput(input)
    return []
  } catch (error) {
    // Anything else comes from a missing value.
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
    export interface MutationFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      /**
       * Throws `InvalidInput` if something is wrong with the input. Called for inputs with values of a wrong type, so that their
       * other issues are reported together with those; such values are null or missing. Others are checked by the service.
       */
      checkInput?: (input: InputShapeFromFields<Args> extends { readonly input: infer Input } ? Input : never) => unknown
    }
  }
}
