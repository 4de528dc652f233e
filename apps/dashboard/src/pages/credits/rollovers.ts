/** What stays of an allowance at the end of its month. */
export const ROLLOVERS = {
  NONE: 'nothing stays',
  ALL: 'all of it stays for a month',
  UP_TO_AMOUNT: 'up to an amount stays',
  UP_TO_PERCENTAGE: 'up to a percentage stays',
} as const
