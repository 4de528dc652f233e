import type { Transaction } from '@tollgate/kernel'
import { UnknownPlan } from '../errors.ts'
import type { QuotaPlan } from './plan.ts'
import type { QuotaPolicy } from './policy.ts'
import { policiesInEffect, type PolicySnapshot } from './policy-book.ts'
import type { QuotaCalendar } from '../windows/quota-window.ts'
import type { QuotaStore } from '../quota-store.ts'
import { batchBooks } from './batch-books.ts'
import { type UsageGrouping, usageGrouping } from '../consumption/usage-grouping.ts'

/** What must be known of a tenant to say which quotas it has. */
export interface TenantProfile extends QuotaCalendar {
  /** The name of its plan. */
  readonly plan: string
}

/**
 * Looks a tenant up. Asked together with its policy book, and not again until that is stale: `tenantChanged` makes it so.
 * Handed a transaction, it must look there: whoever is in one must not wait for a second connection.
 */
export type TenantProfiles = (tenantId: string, transaction?: Transaction) => TenantProfile | Promise<TenantProfile>

/** The policies of one tenant, as one revision of its policy book has them. */
export interface TenantPolicies {
  readonly tenantId: string
  readonly revision: string
  readonly plan: QuotaPlan
  readonly calendar: QuotaCalendar
  readonly grouping: UsageGrouping
  inEffect(atMs: number): readonly QuotaPolicy[]
}

/** Finds the policies of tenants. */
export interface PolicySource {
  /** Those in memory; undefined where there are none. Whether they are the latest, the store says when they are used. */
  known(tenantId: string): TenantPolicies | undefined
  /** Those in memory, or else from the store. */
  of(tenantId: string): Promise<TenantPolicies>
  /** The same of many, reading what is not in memory through a transaction. */
  allOf(tenantIds: readonly string[], transaction: Transaction): Promise<ReadonlyMap<string, TenantPolicies>>
  /** Forgets the book, as the store said that it is stale. */
  forget(tenantId: string): void
  /** As a book and a profile make them, whether they hold or not; undefined where nobody described the plan. */
  made(tenantId: string, book: PolicySnapshot, profile: TenantProfile): TenantPolicies | undefined
  /** The plan of this name, as a book has it or as the program was started with it. */
  planNamed(name: string, book: PolicySnapshot): QuotaPlan | undefined
  /** Whether the plan of this name may be that of a tenant: its own, or what it falls back on. */
  mayHave(profile: TenantProfile, plan: string): boolean
  profileOf(tenantId: string, transaction: Transaction): Promise<TenantProfile>
  /** Without asking the store, which does not answer: from the last book known, or the plans of the program. */
  lastKnown(tenantId: string): Promise<TenantPolicies>
}

/** What policies are found with. */
export interface PolicySourceOptions {
  readonly store: Pick<QuotaStore, 'policySnapshots'>
  /** Those that the program was started with. */
  readonly plans: readonly QuotaPlan[]
  readonly profiles: TenantProfiles
  readonly fallbackPlan: string | undefined
}

const MAX_TENANTS = 10_000
const NO_BOOK: PolicySnapshot = { revision: '', plans: [], overrides: [] }

/**
 * Keeps policy books in memory, with what the tenants had for a plan then, and never trusts them: every command names
 * the revision that it was made by, and the store refuses one that is stale. So a change holds for every decision that
 * begins after it, in every process.
 */
export function policySource({ store, plans, profiles, fallbackPlan }: PolicySourceOptions): PolicySource {
  const known = new Map<string, TenantPolicies>()
  const load = batchBooks(store)

  /** The profile is looked up after the book was read: it may be newer than the revision, which is stale then, and never older. */
  async function remember(tenantId: string, book: PolicySnapshot, transaction?: Transaction): Promise<TenantPolicies> {
    const policies = policiesOf(tenantId, book, await profiles(tenantId, transaction))
    if (known.size >= MAX_TENANTS) known.clear()
    known.set(tenantId, policies)
    return policies
  }
  function policiesOf(tenantId: string, book: PolicySnapshot, profile: TenantProfile): TenantPolicies {
    const made = makePolicies(tenantId, book, profile)
    if (made === undefined) throw new UnknownPlan(profile.plan, [...new Set([...plans, ...book.plans].map(({ name }) => name))])
    return made
  }
  function planNamed(wanted: string, book: PolicySnapshot): QuotaPlan | undefined {
    return book.plans.find(({ name }) => name === wanted) ?? plans.find(({ name }) => name === wanted)
  }
  function makePolicies(tenantId: string, book: PolicySnapshot, profile: TenantProfile): TenantPolicies | undefined {
    const plan = planNamed(profile.plan, book) ?? (fallbackPlan === undefined ? undefined : planNamed(fallbackPlan, book))
    if (plan === undefined) return undefined
    const grouping = usageGrouping([...plan.policies, ...book.overrides.flatMap(({ policy }) => policy ?? [])])
    return { tenantId, revision: book.revision, plan, calendar: profile, grouping, inEffect: atMs => policiesInEffect(plan, book.overrides, atMs) }
  }

  return {
    known: tenantId => known.get(tenantId),
    of: async tenantId => known.get(tenantId) ?? remember(tenantId, await load(tenantId)),
    async allOf(tenantIds, transaction) {
      const found = new Map(tenantIds.map(tenantId => [tenantId, known.get(tenantId)]))
      const missing = [...found.keys()].filter(tenantId => found.get(tenantId) === undefined)
      const books = missing.length === 0 ? [] : await store.policySnapshots(missing, transaction)
      const read = await Promise.all(books.map((book, i) => remember(missing[i] ?? '', book, transaction)))
      for (const policies of read) found.set(policies.tenantId, policies)
      return found as ReadonlyMap<string, TenantPolicies>
    },
    made: makePolicies,
    planNamed,
    mayHave: (profile, plan) => profile.plan === plan || (fallbackPlan === plan && plans.every(({ name }) => name !== profile.plan)),
    profileOf: async (tenantId, transaction) => profiles(tenantId, transaction),
    forget: tenantId => void known.delete(tenantId),
    lastKnown: async tenantId => known.get(tenantId) ?? policiesOf(tenantId, NO_BOOK, await profiles(tenantId)),
  }
}
