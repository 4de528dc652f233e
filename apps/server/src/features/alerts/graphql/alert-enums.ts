import type { AlertKind, AlertScope, AlertState } from '@tollgate/alerts'
import { builder } from '../../../graphql/builder.ts'

type EnumValues<Value extends string> = Record<Value, { value: Value; description: string }>

/** GraphQL enum `AlertKind`. */
export const AlertKindRef = builder.enumType('AlertKind', {
  description: 'What an alert is about, and the unit of its value and threshold.',
  values: {
    QUOTA_EXCEEDED: { value: 'QUOTA_EXCEEDED', description: 'Number of quota limits that were reached.' },
    LATENCY_P99: { value: 'LATENCY_P99', description: '99th percentile of latency, in milliseconds.' },
    ERROR_RATE: { value: 'ERROR_RATE', description: 'Fraction of calls that failed or were rate-limited, from 0 to 1: 0.05 is 5 %.' },
    COST_ANOMALY: { value: 'COST_ANOMALY', description: 'Cost of the window, by default a day, as a multiple of the average of the seven windows before.' },
    VERIFICATION_FAILED: {
      value: 'VERIFICATION_FAILED',
      description: 'Number of rollup sums that do not match their events, or 1 if verification failed.',
    },
  } satisfies EnumValues<AlertKind>,
})

/** GraphQL enum `AlertScope`. */
export const AlertScopeRef = builder.enumType('AlertScope', {
  description: 'Whose usage a rule watches.',
  values: {
    TENANT: { value: 'TENANT', description: 'Each tenant on its own.' },
    INSTALLATION: { value: 'INSTALLATION', description: 'All tenants together. Visible to operators only.' },
  } satisfies EnumValues<AlertScope>,
})

/** GraphQL enum `AlertState`. */
export const AlertStateRef = builder.enumType('AlertState', {
  description: 'State of an alert, and type of an alert event.',
  values: {
    RAISED: { value: 'RAISED', description: 'The value exceeded the threshold.' },
    RECOVERED: { value: 'RECOVERED', description: 'The value returned to normal, or the rule was disabled.' },
  } satisfies EnumValues<AlertState>,
})
