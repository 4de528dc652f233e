import { OPERATOR_SCOPE, type Scope, tenantScope } from '@tollgate/kernel'

/** A state for each tenant, and for null, which is the installation. */
export interface TenantStates<State extends object> {
  of(tenantId: string | null): State
  /** Replaces fields of the state. */
  change(tenantId: string | null, changed: Partial<State>): void
  /** Runs work after earlier work on the same state. If it fails, the state is as it was before. */
  transaction<Result>(tenantId: string | null, work: (transaction: { readonly scope: Scope }) => Promise<Result>): Promise<Result>
}

/** Creates states that begin with `nothing`. States are replaced as a whole, so that failed work can be undone. */
export function tenantStates<State extends object>(nothing: State): TenantStates<State> {
  const states = new Map<string | null, State>()
  const running = new Map<string | null, Promise<unknown>>()
  const of = (tenantId: string | null) => states.get(tenantId) ?? nothing

  return {
    of,
    change: (tenantId, changed) => void states.set(tenantId, { ...of(tenantId), ...changed }),
    async transaction(tenantId, work) {
      const before = running.get(tenantId) ?? Promise.resolve()
      const result = before.then(async () => {
        const saved = of(tenantId)
        try {
          return await work({ scope: tenantId === null ? OPERATOR_SCOPE : tenantScope(tenantId) })
        } catch (error) {
          states.set(tenantId, saved)
          throw error
        }
      })
      running.set(
        tenantId,
        result.catch(() => {}),
      )
      return result
    },
  }
}
