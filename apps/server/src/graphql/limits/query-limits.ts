/** Maximum depth of nested fields in one operation. */
export const MAX_DEPTH = 12

/** Maximum number of fields that one operation can return, counting each item of a list. Reads of sums count more. */
export const MAX_COMPLEXITY = 50_000

/** Maximum number of lexical tokens in a document, without variables. Bounds the cost of parsing and validation. */
export const MAX_TOKENS = 60_000

/** Maximum number of fields and uses of fragments in the text of a document. Validation compares fields with each other, so its cost grows faster than their number. */
export const MAX_SELECTIONS_WRITTEN = 1_000

/** Maximum number of fragments in a document. Validation recurses from each to those that it uses. */
export const MAX_FRAGMENTS = 200

/** Maximum number of aliases in the text of a document. Bounds how often one field is executed, such as a mutation that tries a code. */
export const MAX_ALIASES = 200

/** Maximum number of directives in the text of a document. */
export const MAX_DIRECTIVES = 50

/** Maximum number of errors about a document, and about variables, in one response. */
export const MAX_ERRORS = 20

/** Maximum nesting of selections, lists and objects in the text of a document. */
export const MAX_NESTING_WRITTEN = 64

/** Maximum number of fields that introspection can return. More than GraphiQL needs. */
export const MAX_INTROSPECTION = 200_000

/** Maximum number of ids of `nodes`. */
export const MAX_NODES = 100

/** Maximum number of cached documents, which need not be parsed and validated again, and their maximum length. */
export const CACHED_DOCUMENTS = 500
export const CACHED_DOCUMENT_LENGTH = 20_000
