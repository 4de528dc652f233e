/** The stretch of time that the sample lies in, half-open, as GraphQL takes it. */
export const DEMO_RANGE = { from: '2023-11-16T00:00:00Z', to: '2023-11-17T00:00:00Z' } as const
