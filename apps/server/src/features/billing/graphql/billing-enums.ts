import { builder } from '../../../graphql/builder.ts'

/** How often a recurring fee is due. */
export const FeeIntervalRef = builder.enumType('FeeInterval', {
  description: 'How often the recurring fee of a plan is due. Usage is billed each month.',
  values: {
    MONTH: { value: 'month', description: 'Each billing period.' },
    YEAR: { value: 'year', description: 'Each year, from the start of the subscription.' },
  } as const,
})

/** When a recurring fee is billed. */
export const FeeTimingRef = builder.enumType('FeeTiming', {
  description: 'When the recurring fee of a plan is billed.',
  values: {
    IN_ADVANCE: { value: 'in_advance', description: 'At the start of its interval.' },
    IN_ARREARS: { value: 'in_arrears', description: 'At the end of its interval.' },
  } as const,
})

/** The state of a subscription. */
export const SubscriptionStatusRef = builder.enumType('BillingSubscriptionStatus', {
  description: 'The state of a subscription.',
  values: {
    SCHEDULED: { value: 'scheduled', description: 'It starts in the future.' },
    TRIALING: { value: 'trialing', description: 'It is in a trial, without fees and charges.' },
    ACTIVE: { value: 'active', description: 'Fees and usage are charged.' },
    PAUSED: { value: 'paused', description: 'Nothing is charged, and quotas deny all usage.' },
    CANCELLED: { value: 'cancelled', description: 'It was cancelled and has ended.' },
    EXPIRED: { value: 'expired', description: 'Its trial ended without a conversion.' },
  } as const,
})

/** The state of a phase. */
export const PhaseStateRef = builder.enumType('BillingPhaseState', {
  description: 'The state of a phase of a subscription.',
  values: {
    TRIAL: { value: 'trial', description: 'Without fees and charges.' },
    ACTIVE: { value: 'active', description: 'Fees and usage are charged.' },
    PAUSED: { value: 'paused', description: 'Nothing is charged, and quotas deny all usage.' },
  } as const,
})

/** When a change takes effect. */
export const ChangeTimeRef = builder.enumType('SubscriptionChangeTime', {
  description: 'When a change of a subscription takes effect.',
  values: {
    NOW: { value: 'now', description: 'At once. Fees are prorated by time.' },
    PERIOD_END: { value: 'period_end', description: 'At the end of the month or year that the fee pays for, or of the trial.' },
  } as const,
})
