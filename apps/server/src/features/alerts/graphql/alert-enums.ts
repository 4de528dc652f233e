import type { AlertKind, AlertScope, AlertState } from '@tollgate/alerts'
import { builder } from '../../../graphql/builder.ts'

type EnumValues<Value extends string> = Record<Value, { value: Value; description: string }>

/** What an alert is about. */
export const AlertKindRef = builder.enumType('AlertKind', {
  description: 'What an alert is about, and what its value and threshold count.',
  values: {
    QUOTA_EXCEEDED: { value: 'QUOTA_EXCEEDED', description: 'Quota limits that were reached: how many.' },
    LATENCY_P99: { value: 'LATENCY_P99', description: 'The latency that 99 % of the calls stay within: milliseconds.' },
    ERROR_RATE: { value: 'ERROR_RATE', description: 'The part of the calls that did not succeed: from 0 to 1, so that 5 % is 0.05.' },
    COST_ANOMALY: { value: 'COST_ANOMALY', description: 'The cost of a window (a day): how many times the average of the seven before it.' },
    VERIFICATION_FAILED: {
      value: 'VERIFICATION_FAILED',
      description: 'Sums that are not what the events add up to: how many; 1 where that could not be found out.',
    },
  } satisfies EnumValues<AlertKind>,
})

/** Whose usage a rule looks at. */
export const AlertScopeRef = builder.enumType('AlertScope', {
  description: 'Whose usage an alert looks at.',
  values: {
    TENANT: { value: 'TENANT', description: 'Each tenant for itself.' },
    INSTALLATION: { value: 'INSTALLATION', description: 'All tenants as one. For operators alone to see.' },
  } satisfies EnumValues<AlertScope>,
})

/** Whether something is too much now, or was. */
export const AlertStateRef = builder.enumType('AlertState', {
  description: 'Whether something is too much now, or was.',
  values: {
    RAISED: { value: 'RAISED', description: 'It is too much.' },
    RECOVERED: { value: 'RECOVERED', description: 'It was, and is no more.' },
  } satisfies EnumValues<AlertState>,
})
