import { builder } from '../../../../graphql/builder.ts'

/** The figure that thresholds and volume tiers measure. */
export const UsageFigureRef = builder.enumType('UsageFigure', {
  description: 'The figure that thresholds and volume tiers measure.',
  values: {
    QUANTITY: { value: 'quantity', description: 'Quantity, such as the number of tokens.' },
    SUBTOTAL: { value: 'subtotal', description: 'Amount in USD before discounts.' },
  } as const,
})

/** The usage that thresholds and volume tiers measure. */
export const MeasuredOverRef = builder.enumType('MeasuredOver', {
  description: 'The usage that thresholds and volume tiers measure.',
  values: {
    CHARGE: { value: 'charge', description: 'The usage that is charged.' },
    PERIOD: { value: 'period', description: 'The billing period up to and including the usage that is charged.' },
  } as const,
})
