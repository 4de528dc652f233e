import { builder } from '../../../graphql/builder.ts'

/** Where the credits of a grant come from. */
export const CreditSourceRef = builder.enumType('CreditSource', {
  description: 'Where the credits of a grant come from.',
  values: {
    PURCHASE: { value: 'purchase', description: 'They were bought.' },
    PLAN_ALLOWANCE: { value: 'plan_allowance', description: 'The plan includes them in each billing period.' },
    PROMOTION: { value: 'promotion', description: 'A promotion gave them.' },
    TRIAL: { value: 'trial', description: 'They belong to a trial.' },
    REFUND: { value: 'refund', description: 'They compensate for a failure or a return.' },
    ADJUSTMENT: { value: 'adjustment', description: 'They correct a balance.' },
    TRANSFER: { value: 'transfer', description: 'They were moved from another wallet of the tenant.' },
    ROLLOVER: { value: 'rollover', description: 'They remained when a grant expired.' },
    CORRECTION: { value: 'correction', description: 'They were returned because the cost of usage was corrected.' },
  } as const,
})

/** What an entry records. */
export const CreditEntryKindRef = builder.enumType('CreditEntryKind', {
  description: 'What an entry of credits records.',
  values: {
    GRANT: { value: 'grant', description: 'Credits were given.' },
    DEBIT: { value: 'debit', description: 'Usage was debited.' },
    RESERVE: { value: 'reserve', description: 'Credits are held.' },
    SETTLE: { value: 'settle', description: 'A reservation ended, and the actual amount was debited.' },
    RELEASE: { value: 'release', description: 'A reservation ended without a debit.' },
    EXPIRE: { value: 'expire', description: 'Credits expired.' },
    ROLLOVER: { value: 'rollover', description: 'Credits were kept when their grant expired.' },
    VOID: { value: 'void', description: 'A grant was voided, as a whole or in part.' },
    TRANSFER_OUT: { value: 'transfer_out', description: 'Credits were moved to another wallet.' },
    TRANSFER_IN: { value: 'transfer_in', description: 'Credits were moved from another wallet.' },
    CORRECTION: { value: 'correction', description: 'An earlier debit was corrected.' },
  } as const,
})
