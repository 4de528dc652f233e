import type { ReservationState } from '@tollgate/quotas'
import { builder } from '../../../../graphql/builder.ts'
import type { EnumValues } from '../../../../graphql/enum-values.ts'

/** The state of a reservation. */
export const ReservationStateRef = builder.enumType('ReservationState', {
  description: 'The state of a reservation.',
  values: {
    HELD: { value: 'held', description: 'It holds the reserved amounts.' },
    SETTLED: { value: 'settled', description: 'The actual amounts were counted instead of the reserved ones.' },
    RELEASED: { value: 'released', description: 'The reserved amounts were given back; nothing was used.' },
    EXPIRED: { value: 'expired', description: 'It has expired and holds nothing. It can still be settled.' },
  } as const satisfies EnumValues<ReservationState>,
})
