import { DomainError } from '@tollgate/kernel'

/** The query exceeds a limit. Nothing of it was executed. */
export class QueryTooLarge extends DomainError<'QUERY_TOO_LARGE'> {
  constructor(message: string) {
    super('QUERY_TOO_LARGE', message)
  }

  /** The fields are nested too deeply. */
  static depth(depth: number, max: number): QueryTooLarge {
    return new QueryTooLarge(`The query nests fields ${depth} levels deep; the maximum is ${max}. Request the inner levels in a query of their own.`)
  }

  /** The document is nested too deeply to be parsed and validated. */
  static nesting(max: number): QueryTooLarge {
    return new QueryTooLarge(`The query nests fields, lists and objects more than ${max} levels deep. Send values as variables.`)
  }

  /** The document is too long. */
  static tokens(max: number): QueryTooLarge {
    return new QueryTooLarge(`The query text contains more than ${max} tokens. Send values as variables, or fewer of them in one request.`)
  }

  /** A part of the document is written too often. */
  static parts(what: string, count: number, max: number): QueryTooLarge {
    return new QueryTooLarge(`The query text contains ${count} ${what}; the maximum is ${max}. Send several smaller queries.`)
  }

  /** The introspection is too large. */
  static introspection(fields: number, max: number): QueryTooLarge {
    return new QueryTooLarge(`The introspection can return ${fields} fields; the maximum is ${max}. Request fewer fields, or fewer levels of types.`)
  }

  /** The result can have too many fields, counting each item of a list. */
  static complexity(complexity: number, max: number): QueryTooLarge {
    return new QueryTooLarge(
      `The query can return ${complexity} fields, counting each item of a list; the maximum is ${max}. Request shorter pages or fewer fields.`,
    )
  }
}
