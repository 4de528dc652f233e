import type { Viewer } from './viewer-context.ts'

/** What the dashboard knows of a page before it is loaded. Each folder of `pages/` has one, in `about.ts`, beside its `page.tsx`. */
export interface PageAbout {
  /** Its address, such as "/quotas". */
  readonly path: string
  readonly title: string
  /** Group of the navigation. Pages without one are not in it. */
  readonly group?: 'Usage' | 'Limits and prices' | 'Billing' | 'Operation'
  /** Position in the navigation. */
  readonly order: number
  /** Scope that its key needs. */
  readonly scope?: string
  /** Whether only operators see it. */
  readonly isForOperators?: boolean
  /** How the access token of a customer sees it in the navigation. It sees only pages that have this. */
  readonly forCustomers?: Pick<PageAbout, 'title'>
  /** How a tenant sees it in the navigation, if differently. */
  readonly forTenants?: Pick<PageAbout, 'title' | 'group' | 'order'>
}

/** Returns whether a viewer can use a page. */
export function isOpenTo({ kind, scopes, customerId }: Viewer, { scope, isForOperators = false, forCustomers }: PageAbout): boolean {
  return (scope === undefined || scopes.includes(scope)) && (!isForOperators || kind === 'OPERATOR') && (customerId === null || forCustomers !== undefined)
}

/** Returns the pages of the navigation that a viewer can use, in order. */
export function navigationOf<About extends PageAbout>(viewer: Viewer, pages: readonly About[]): readonly About[] {
  return pages
    .filter(page => page.group !== undefined && isOpenTo(viewer, page))
    .map(page => (viewer.kind === 'TENANT' ? { ...page, ...page.forTenants, ...(viewer.customerId !== null && page.forCustomers) } : page))
    .toSorted((one, other) => one.order - other.order)
}
