import { createContext, useContext } from 'react'

/** The tenant that the page is about. */
export interface ShownTenant {
  /** Undefined for all tenants together, which only operators see. */
  readonly tenantId: string | undefined
  readonly timeZone: string
  readonly currency: string
}

export const TenantContext = createContext<ShownTenant>({ tenantId: undefined, timeZone: 'UTC', currency: 'USD' })

/** Returns the tenant that the page is about: a tenant's own, or the one that an operator has chosen. */
export function useTenant(): ShownTenant {
  return useContext(TenantContext)
}
