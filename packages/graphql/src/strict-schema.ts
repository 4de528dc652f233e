/** Fields that are null only with an error, and the directive that says so. */
const MARK = ' @semanticNonNull'
const DIRECTIVE = /(?:^"""\n(?:(?!""").*\n)*"""\n)?^directive @semanticNonNull\b.*\n+/m

/**
 * Returns a schema in which a field that is null only with an error is non-null. Generate types from it for a client that fails
 * whenever an answer has errors, such as Apollo Client by default, or graphql-request.
 */
export function strictSchema(schema: string): string {
  return schema.replace(DIRECTIVE, '').replaceAll(MARK, '!')
}
