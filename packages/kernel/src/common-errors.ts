import { DomainError, isDomainError } from './errors.ts'

/** The caller is not allowed to do this. */
export class Forbidden extends DomainError<'FORBIDDEN'> {
  constructor(message: string) {
    super('FORBIDDEN', message)
  }
}

/** There is no resource with this id, or the caller may not see it. */
export class NotFound extends DomainError<'NOT_FOUND'> {
  /** Kind of the resource, such as "tenant". */
  readonly resource: string
  readonly id: string

  constructor(resource: string, id: string) {
    super('NOT_FOUND', `There is no ${resource} "${id}".`)
    this.resource = resource
    this.id = id
  }
}

/** A resource with this id already exists. */
export class AlreadyExists extends DomainError<'ALREADY_EXISTS'> {
  readonly resource: string
  readonly id: string

  constructor(resource: string, id: string) {
    super('ALREADY_EXISTS', `The ${resource} "${id}" already exists.`)
    this.resource = resource
    this.id = id
  }
}

/** Whether the error says that a store cannot be reached, so that it is unknown whether a write was stored. */
export function isStoreUnavailable(error: unknown): boolean {
  return isDomainError(error) && error.code === 'STORE_UNAVAILABLE'
}

/** Whether the error says that the server or a store has no room for a call now. Nothing was changed; the call can be retried. */
export function isOverloaded(error: unknown): boolean {
  return isDomainError(error) && error.code === 'OVERLOADED'
}
