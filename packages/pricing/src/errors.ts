import { DomainError } from '@tollgate/kernel'

/** Prices are an operator's to publish; a tenant may only read them. */
export class OperatorOnly extends DomainError<'FORBIDDEN'> {
  constructor() {
    super('FORBIDDEN', 'Only an operator may publish prices; use an operator key.')
  }
}
