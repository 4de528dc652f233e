export { allocate, UnroundedAmount, UnusableWeights } from './allocate.ts'
export { type Clock, type SettableClock, settableClock, systemClock } from './clock.ts'
export { type ClockReading, type FollowingClock, followingClock, type FollowingClockOptions } from './clock-following.ts'
export { coalescedLookup } from './coalesced-lookup.ts'
export { AlreadyExists, Forbidden, isOverloaded, isStoreUnavailable, NotFound } from './common-errors.ts'
export { Decimal, parseDecimal, ZERO } from './decimal.ts'
export type { Encryption } from './encryption.ts'
export { describeIssues, DomainError, InvalidInput, isDomainError, type Issue } from './errors.ts'
export { parseExactJson, readJsonNumber } from './exact-json.ts'
export { countingIds, type IdSource, isUuid, isUuidV7, randomIds, uuidV7Milliseconds } from './ids.ts'
export { type LongNumber, longNumberText } from './long-number.ts'
export { CurrencyMismatch, minorUnits, type Money, money, roundMoney, sumMoney, UnknownCurrency } from './money.ts'
export { checkPageSize, type Page, type PageRequest, type PageSizeLimits, toPage } from './page.ts'
export {
  type BillingCycle,
  billingPeriodContaining,
  type CalendarUnit,
  type Period,
  period,
  periodContaining,
  periodIncludes,
  periodWithin,
  splitPeriod,
  timeZone,
} from './period.ts'
export { roundParts } from './round-parts.ts'
export { round, type RoundingMode } from './rounding.ts'
export { type GroupWork, runInHalves } from './run-in-halves.ts'
export { customerScope, OPERATOR_SCOPE, type Scope, scopeIncludes, scopeIncludesShared, tenantScope } from './scope.ts'
export { singleFlight, singleFlightByKey, type SingleFlightOptions } from './single-flight.ts'
export { type TenantClock, tenantOfScope, withoutSimulated } from './tenant-clock.ts'
export { checkStorable, checkText, isStorableText, NOT_STORABLE, type TextRules } from './text.ts'
export { Temporal } from '#temporal'
export { parseInstant } from './time.ts'
export { toMicrosecond } from './to-microsecond.ts'
export type { Transaction, Transactions } from './transaction.ts'
