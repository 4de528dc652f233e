import type { EventDetailsQuery } from './events.operations.ts'

/** An event, and the explanation of its charge. */
export type EventDetails = NonNullable<EventDetailsQuery['explainCharge']>
