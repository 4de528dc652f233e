import { type DocumentNode, GraphQLError, Kind, parse, type ParseOptions, type Source, visit } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { QueryTooLarge } from '../errors/query-too-large.ts'
import { introspectionSize } from './introspection-size.ts'
import { MAX_ALIASES, MAX_DIRECTIVES, MAX_FRAGMENTS, MAX_INTROSPECTION, MAX_NESTING_WRITTEN, MAX_SELECTIONS_WRITTEN, MAX_TOKENS } from './query-limits.ts'

/**
 * Rejects documents that would be expensive to parse and validate: validation compares the fields of a document with each
 * other, and both validation and the parser recurse into nested parts. Lengths of lists are counted at execution.
 */
export function limitDocuments(): Plugin {
  return {
    onParse({ setParseFn }) {
      setParseFn(parseWithinLimits)
    },
  }
}

/** Parses a document. Throws an error with the code QUERY_TOO_LARGE if the document exceeds a limit. */
export function parseWithinLimits(source: string | Source, options?: ParseOptions): DocumentNode {
  const document = parseOrReject(source, options)
  const { nesting, selections, fragments, aliases, directives } = measure(document)
  if (nesting > MAX_NESTING_WRITTEN) throw toError(QueryTooLarge.nesting(MAX_NESTING_WRITTEN))
  requireAtMost(MAX_SELECTIONS_WRITTEN, selections, 'fields and uses of fragments')
  requireAtMost(MAX_FRAGMENTS, fragments, 'fragments')
  requireAtMost(MAX_ALIASES, aliases, 'aliases')
  requireAtMost(MAX_DIRECTIVES, directives, 'directives')
  const introspection = introspectionSize(document)
  if (introspection > MAX_INTROSPECTION) throw toError(QueryTooLarge.introspection(introspection, MAX_INTROSPECTION))
  return document
}

function parseOrReject(source: string | Source, options?: ParseOptions): DocumentNode {
  try {
    return parse(source, { ...options, maxLexicalTokens: MAX_TOKENS })
  } catch (error) {
    // The parser recurses. A stack overflow means that the document is nested far too deeply.
    if (error instanceof RangeError) throw toError(QueryTooLarge.nesting(MAX_NESTING_WRITTEN))
    if (error instanceof GraphQLError && error.message.includes(`more than ${MAX_TOKENS} tokens`)) throw toError(QueryTooLarge.tokens(MAX_TOKENS))
    // The same code over every transport. Yoga adds it to responses over HTTP only.
    if (error instanceof GraphQLError) error.extensions['code'] = 'GRAPHQL_PARSE_FAILED'
    throw error
  }
}

function requireAtMost(max: number, count: number, what: string): void {
  if (count > max) throw toError(QueryTooLarge.parts(what, count, max))
}

function measure(document: DocumentNode) {
  const counts = { nesting: 0, selections: 0, fragments: 0, aliases: 0, directives: 0 }
  let depth = 0
  const move = (step: 1 | -1) => () => {
    depth += step
    counts.nesting = Math.max(counts.nesting, depth)
  }
  const count = (part: keyof typeof counts) => () => void (counts[part] += 1)
  const nested = { enter: move(1), leave: move(-1) }
  visit(document, {
    [Kind.FIELD]: ({ alias }) => {
      counts.selections += 1
      if (alias !== undefined) counts.aliases += 1
    },
    [Kind.FRAGMENT_SPREAD]: count('selections'),
    [Kind.INLINE_FRAGMENT]: count('selections'),
    [Kind.FRAGMENT_DEFINITION]: count('fragments'),
    [Kind.DIRECTIVE]: count('directives'),
    [Kind.SELECTION_SET]: nested,
    [Kind.LIST]: nested,
    [Kind.OBJECT]: nested,
  })
  return counts
}

function toError({ code, message }: QueryTooLarge): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } })
}
