import { CreditsOverloaded, CreditStoreUnavailable } from '@tollgate/credits'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { PoliciesUnsettled, QuotasOverloaded, QuotaStoreUnavailable } from '@tollgate/quotas'

/** The expected failures of a quota decision. */
export const DECISION_FAILURES = [
  InvalidInput,
  Forbidden,
  NotFound,
  QuotasOverloaded,
  QuotaStoreUnavailable,
  PoliciesUnsettled,
  CreditsOverloaded,
  CreditStoreUnavailable,
]
