import type { Page, Scope } from '@tollgate/kernel'
import type { AliasQuery } from './alias-store.ts'
import type { ModelAlias, ModelAliasDraft } from './model/aliases/model-alias.ts'

/** Sets and lists tenants' own names of models. */
export interface ModelAliases {
  /**
   * Publishes an alias of one tenant or of all. Tenants set their own; those of other tenants and of all need an operator's scope.
   * Throws `Forbidden`, and `InvalidInput`, which names the field.
   */
  set(scope: Scope, draft: ModelAliasDraft): Promise<ModelAlias>
  /** Lists aliases, latest first. */
  list(scope: Scope, query: AliasQuery): Promise<Page<ModelAlias>>
}
