import { builder } from '../../../../graphql/builder.ts'

/** What thresholds and volume tiers measure. */
export const UsageFigureRef = builder.enumType('UsageFigure', {
  description: 'What thresholds and volume tiers measure.',
  values: {
    QUANTITY: { value: 'quantity', description: 'Tokens.' },
    SUBTOTAL: { value: 'subtotal', description: 'USD, before discounts.' },
  } as const,
})

/** Over what it is measured. */
export const MeasuredOfRef = builder.enumType('MeasuredOf', {
  description: 'Over what thresholds and volume tiers measure.',
  values: {
    CHARGE: { value: 'charge', description: 'What is charged now.' },
    PERIOD: { value: 'period', description: 'The billing period up to and with it, where it is known.' },
  } as const,
})
