/** What happens to requests when a limit is reached. */
export const ENFORCEMENTS = { HARD: 'refused', SOFT: 'allowed, with an alert', GRACE: 'allowed for a while' } as const
