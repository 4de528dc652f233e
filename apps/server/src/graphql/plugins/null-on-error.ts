import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core'

/** Marks a field that is null only with an error. The standard name, which Relay, Apollo and generators know. */
export const SEMANTIC_NON_NULL = 'semanticNonNull'

/** Without the scope it fails only if there is no key, and then everything does. */
const NEVER_FAILS_ALONE: ReadonlySet<string> = new Set(['viewer'])

/**
 * Lets a field fail alone. GraphQL answers a failed field with null, and if its type is non-null with null for its parent: one
 * question of a page that the key may not ask would leave the page without any answer. So all fields of `Query` are nullable, and
 * fields with the option `nullOnError`.
 */
export class NullOnErrorPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { nullOnError } = config.pothosOptions as { readonly nullOnError?: true }
    const failsAlone = nullOnError === true || (config.parentType === 'Query' && !NEVER_FAILS_ALONE.has(config.name))
    if (!failsAlone || config.type.nullable) return config
    return { ...config, type: { ...config.type, nullable: true }, extensions: { ...config.extensions, [SEMANTIC_NON_NULL]: true } }
  }
}

/** Adds the plugin to schema builders. */
export function registerNullOnErrorPlugin(): 'nullOnError' {
  SchemaBuilder.registerPlugin('nullOnError', NullOnErrorPlugin)
  return 'nullOnError'
}

declare global {
  // Pothos's way to declare plugins.
  // oxlint-disable-next-line typescript/no-namespace
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      nullOnError: NullOnErrorPlugin<Types>
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
      /** Answers null with an error instead of no parent at all: for fields that need a scope of their own. */
      nullOnError?: true
    }
  }
}
