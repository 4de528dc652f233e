import { DomainError } from '@tollgate/kernel'

/** The query asks for more than one request may. Nothing of it was done. */
export class QueryTooLarge extends DomainError<'QUERY_TOO_LARGE'> {
  constructor(message: string) {
    super('QUERY_TOO_LARGE', message)
  }

  /** Too deeply nested. */
  static depth(depth: number, max: number): QueryTooLarge {
    return new QueryTooLarge(`The query is nested ${depth} fields deep; ${max} is the most.`)
  }

  /** Too deeply nested to be looked at. */
  static nesting(max: number): QueryTooLarge {
    return new QueryTooLarge(`The query is nested deeper than ${max} levels of fields, lists and objects.`)
  }

  /** Too long to be looked at. */
  static fields(fields: number, max: number): QueryTooLarge {
    return new QueryTooLarge(`The query has ${fields} fields written in it; ${max} is the most.`)
  }

  /** Too many looks at the schema. */
  static introspection(fields: number, max: number): QueryTooLarge {
    return new QueryTooLarge(`The query looks at the schema ${fields} fields wide; ${max} is the most.`)
  }

  /** Too many fields, as lists multiply them. */
  static complexity(complexity: number, max: number): QueryTooLarge {
    return new QueryTooLarge(
      `The query can lead to ${complexity} fields, lists counted by their length; ${max} is the most. Ask for shorter pages or fewer fields.`,
    )
  }
}
