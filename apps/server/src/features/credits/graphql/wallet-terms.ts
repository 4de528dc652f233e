import type { Allowance, Rollover, TopUpTerms } from '@tollgate/credits'
import { builder } from '../../../graphql/builder.ts'

/** What a wallet does when it is empty. */
export const WhenEmptyRef = builder.enumType('CreditWhenEmpty', {
  description: 'What decisions do when the credits of a wallet are not enough. Usage that has happened is always debited.',
  values: {
    BLOCK: { value: 'block', description: 'Refuse.' },
    OVERDRAFT: { value: 'overdraft', description: 'Allow until the overdraft limit is reached, then refuse.' },
    ALLOW: { value: 'allow', description: 'Allow everything. Alerts say that the wallet is empty.' },
  } as const,
})

/** What remains of a grant when it expires. */
export const RolloverKindRef = builder.enumType('CreditRolloverKind', {
  description: 'What remains of a grant when it expires.',
  values: {
    NONE: { value: 'none', description: 'Nothing.' },
    ALL: { value: 'all', description: 'All that remains.' },
    UP_TO_AMOUNT: { value: 'up_to_amount', description: 'What remains, up to an amount.' },
    UP_TO_PERCENTAGE: { value: 'up_to_percentage', description: 'What remains, up to a percentage of the grant.' },
  } as const,
})

/** When a wallet is topped up. */
export const CreditTopUpRef = builder.objectRef<TopUpTerms>('CreditTopUp').implement({
  description: 'When a wallet is topped up, and with what.',
  fields: t => ({
    threshold: t.expose('threshold', { type: 'Decimal', description: 'A top-up is requested when the balance falls to this or below.' }),
    amount: t.expose('amount', { type: 'Decimal', description: 'Credits of a top-up.' }),
    maxPerMonth: t.expose('maxPerMonth', { type: 'Decimal', description: 'Maximum number of credits that are requested in a calendar month (UTC).' }),
  }),
})

const RolloverRef = builder.objectRef<Rollover>('CreditRollover').implement({
  description: 'What remains of a grant for one more period when it expires.',
  fields: t => ({
    kind: t.expose('kind', { type: RolloverKindRef, description: 'What stays.' }),
    max: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Maximum in credits or percent. Null if there is none.',
      resolve: rollover => ('max' in rollover ? rollover.max : null),
    }),
  }),
})

/** Credits that a wallet gets each billing period. */
export const CreditAllowanceRef = builder.objectRef<Allowance>('CreditAllowance').implement({
  description: 'Credits that a wallet gets at the start of each billing period.',
  fields: t => ({
    name: t.string({ description: 'Name, unique in its wallet.', resolve: ({ id }) => id }),
    amount: t.expose('amount', { type: 'Decimal', description: 'Credits for each period.' }),
    priority: t.exposeInt('priority', { description: 'Priority of its grants.' }),
    rollover: t.expose('rollover', { type: RolloverRef, description: 'Credits that are kept until the end of the next period.' }),
    anchorDay: t.exposeInt('anchorDay', { description: 'Day of the month on which periods start; the last day of shorter months.' }),
    timeZone: t.exposeString('timeZone', { description: 'IANA time zone of the periods.' }),
    nextAt: t.expose('nextAt', { type: 'DateTime', description: 'When the next grant is given.' }),
    endsAt: t.expose('endsAt', { type: 'DateTime', nullable: true, description: 'Periods that start at this time or later get nothing. Null for no end.' }),
  }),
})
