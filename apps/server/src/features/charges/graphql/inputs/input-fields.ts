import type { builder } from '../../../../graphql/builder.ts'

/** The field builder of an input type, for fields that several inputs share. */
export type InputFields =
  typeof builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'> : never
