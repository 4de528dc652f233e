/** The half-open time range of the sample, as GraphQL input. */
export const DEMO_RANGE = { from: '2023-11-16T00:00:00Z', to: '2023-11-17T00:00:00Z' } as const
