import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core'
import type { GraphQLFieldResolver } from 'graphql'
import type { KeyScope } from '../../features/accounts/key-scopes.ts'
import type { GraphQLContext } from '../context.ts'

/** The scope that shows what providers charge the operator. Without it, viewers see what they are charged. */
export const COSTS_SCOPE = 'costs:read' satisfies KeyScope

/** Whether the viewer may see what providers charge, markups and prices. */
export function seesCosts({ viewer }: Pick<GraphQLContext, 'viewer'>): boolean {
  return viewer.scopes.has(COSTS_SCOPE)
}

/** Ends the description of a field that shows costs. */
export const NULL_WITHOUT_COSTS = `Null without the scope "${COSTS_SCOPE}".`

type AnyResolver = GraphQLFieldResolver<unknown, object, object>

/**
 * Hides costs, in this one place: a field with the option `showsCosts` is null for viewers without the scope. It is not an error,
 * so that a page that asks for costs and charges works for everyone.
 */
export class CostFieldsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(resolve: AnyResolver, { pothosOptions }: PothosOutputFieldConfig<Types>): AnyResolver {
    if (!('showsCosts' in pothosOptions)) return resolve
    return (parent, args, context, info) => (seesCosts(context as GraphQLContext) ? resolve(parent, args, context, info) : null)
  }

  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { showsCosts, nullable } = config.pothosOptions as { readonly showsCosts?: true; readonly nullable?: unknown }
    if (showsCosts !== true) return config
    if (nullable !== true) throw new Error(`${config.parentType}.${config.name} shows costs, so it must be nullable.`)
    return { ...config, description: `${config.description ?? ''} ${NULL_WITHOUT_COSTS}` }
  }
}

/** Adds the plugin to schema builders. */
export function registerCostFieldsPlugin(): 'costFields' {
  SchemaBuilder.registerPlugin('costFields', CostFieldsPlugin)
  return 'costFields'
}

declare global {
  // Pothos's way to declare plugins.
  // oxlint-disable-next-line typescript/no-namespace
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      costFields: CostFieldsPlugin<Types>
    }

    export interface FieldOptions<
      Types extends SchemaTypes = SchemaTypes,
      ParentShape = unknown,
      Type extends TypeParam<Types> = TypeParam<Types>,
      Nullable extends FieldNullability<Type> = FieldNullability<Type>,
      Args extends InputFieldMap = InputFieldMap,
      ResolveShape = unknown,
      ResolveReturnShape = unknown,
    > {
      /** Shows what providers charge: null without the scope "costs:read". */
      showsCosts?: true
    }
  }
}
