import type { builder } from '../../../../graphql/builder.ts'

/** What the fields of an input are made with, for those that several inputs share. */
export type InputFields =
  typeof builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'> : never
