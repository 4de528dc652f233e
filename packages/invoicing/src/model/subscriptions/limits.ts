/** Maximum number of phases of a subscription: more than a change a week for 15 years. */
export const MAX_PHASES = 1_000

/** Maximum number of seats. */
export const MAX_SEATS = 1_000_000

/** Maximum length of a trial, from its start. */
export const MAX_TRIAL_DAYS = 730
