import type { Page, PageRequest, Scope } from '@tollgate/kernel'
import type { ModelAlias } from './model/aliases/model-alias.ts'

/** Stores aliases of models. Append-only: a stored alias never changes; later aliases supersede it. */
export interface AliasStore {
  /** Changes with every alias, and never becomes an earlier value again. One cheap read. */
  version(): Promise<string>
  /** Returns all aliases of all tenants, in order of publication. */
  all(): Promise<readonly ModelAlias[]>
  /**
   * Adds an alias of a tenant that the scope includes, or one for all tenants if the scope is an operator's. Throws `Forbidden`
   * otherwise. Returns false, and adds nothing, if the owner of the alias has `max` aliases already.
   */
  add(scope: Scope, alias: ModelAlias, max: number): Promise<boolean>
  /** Returns a page of the aliases that the scope may see: its tenants' and those for all tenants. Latest first. */
  list(scope: Scope, query: AliasQuery): Promise<Page<ModelAlias>>
}

/** Filters and position of a page of aliases. `after` is the id of an alias. */
export interface AliasQuery extends PageRequest {
  /** Canonical name. */
  readonly provider?: string
  /** Case does not matter. */
  readonly name?: string
}
