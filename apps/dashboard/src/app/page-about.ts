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
}

/** Returns whether a viewer can use a page. */
export function isOpenTo({ kind, scopes }: Viewer, { scope, isForOperators = false }: PageAbout): boolean {
  return (scope === undefined || scopes.includes(scope)) && (!isForOperators || kind === 'OPERATOR')
}
