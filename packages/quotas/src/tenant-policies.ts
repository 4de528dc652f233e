import type { Transaction } from '@tollgate/kernel'
import { UnknownPlan } from './errors.ts'
import type { QuotaPlan } from './plan.ts'
import type { QuotaPolicy } from './policy.ts'
import { policiesInEffect, type PolicyBook } from './policy-book.ts'
import type { QuotaCalendar } from './quota-window.ts'
import type { QuotaStore } from './quota-store.ts'
import { batchBooks } from './batch-books.ts'

/** What must be known of a tenant to say which quotas it has. */
export interface TenantProfile extends QuotaCalendar {
  /** The name of its plan. */
  readonly plan: string
}

/** Looks a tenant up. Asked at every decision: it must be cheap, and know of changes at once. */
export type TenantProfiles = (tenantId: string) => TenantProfile | Promise<TenantProfile>

/** The policies of one tenant, as one revision of its policy book has them. */
export interface TenantPolicies {
  readonly tenantId: string
  readonly revision: string
  readonly plan: QuotaPlan
  readonly calendar: QuotaCalendar
  inEffect(atMs: number): readonly QuotaPolicy[]
}

/** Finds the policies of tenants. */
export interface PolicySource {
  /** From the book in memory, where there is one. Whether it is the latest, the store says when it is used. */
  of(tenantId: string): Promise<TenantPolicies>
  /** The same of many, reading what is not in memory through a transaction. */
  allOf(tenantIds: readonly string[], transaction: Transaction): Promise<ReadonlyMap<string, TenantPolicies>>
  /** Forgets the book, as the store said that it is stale. */
  forget(tenantId: string): void
  /** Without asking the store, which does not answer: from the last book known, or the plans of the program. */
  lastKnown(tenantId: string): Promise<TenantPolicies>
}

const MOST_BOOKS = 10_000
const NO_BOOK: PolicyBook = { revision: '', plans: [], overrides: [] }

/**
 * Keeps policy books in memory, and never trusts them: every command names the revision that it was made by, and the
 * store refuses one that is stale. So a change holds for every decision that begins after it, in every process.
 */
export function policySource(store: Pick<QuotaStore, 'policyBooks'>, plans: readonly QuotaPlan[], profiles: TenantProfiles): PolicySource {
  const books = new Map<string, PolicyBook>()
  const load = batchBooks(store)

  async function bookOf(tenantId: string): Promise<PolicyBook> {
    const known = books.get(tenantId)
    if (known) return known
    return keep(tenantId, await load(tenantId))
  }
  function keep(tenantId: string, book: PolicyBook): PolicyBook {
    if (books.size >= MOST_BOOKS) books.clear()
    books.set(tenantId, book)
    return book
  }
  async function policiesOf(tenantId: string, book: PolicyBook): Promise<TenantPolicies> {
    const profile = await profiles(tenantId)
    const plan = book.plans.find(({ name }) => name === profile.plan) ?? plans.find(({ name }) => name === profile.plan)
    if (plan === undefined) throw new UnknownPlan(profile.plan, [...new Set([...plans, ...book.plans].map(({ name }) => name))])
    return { tenantId, revision: book.revision, plan, calendar: profile, inEffect: atMs => policiesInEffect(plan, book.overrides, atMs) }
  }

  return {
    of: async tenantId => policiesOf(tenantId, await bookOf(tenantId)),
    async allOf(tenantIds, transaction) {
      const found = new Map(tenantIds.map(tenantId => [tenantId, books.get(tenantId)]))
      const missing = [...found.keys()].filter(tenantId => found.get(tenantId) === undefined)
      const read = missing.length === 0 ? [] : await store.policyBooks(missing, transaction)
      read.forEach((book, i) => found.set(missing[i] ?? '', keep(missing[i] ?? '', book)))
      const policies = [...found].map(async ([tenantId, book]) => [tenantId, await policiesOf(tenantId, book ?? NO_BOOK)] as const)
      return new Map(await Promise.all(policies))
    },
    forget: tenantId => void books.delete(tenantId),
    lastKnown: tenantId => policiesOf(tenantId, books.get(tenantId) ?? NO_BOOK),
  }
}
