import type { AlertStore } from './alert-store.ts'
import type { CounterStore } from './counter-store.ts'
import type { LeaseStore } from './lease-store.ts'
import type { PolicyStore } from './policy-store.ts'
import type { QuotaUpkeep } from './quota-upkeep.ts'
import type { QuotaUsageReader } from './quota-usage-reader.ts'
import type { ReservationReader } from './reservation-reader.ts'

/**
 * Everything that quotas store. Any number of callers and processes may use one store at the same time. All methods reject
 * with `QuotaStoreUnavailable` if the store cannot be reached, and with `QuotasOverloaded` if it is busy.
 * `describeQuotaStore` is its contract.
 */
export type QuotaStore = CounterStore & PolicyStore & ReservationReader & LeaseStore & QuotaUsageReader & AlertStore & QuotaUpkeep
