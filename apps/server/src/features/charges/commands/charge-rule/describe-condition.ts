import type { Discount } from '@tollgate/charges'

/** Returns a condition as a phrase: "the coupon SPRING, at most 100 times". */
export function describeCondition(condition: Discount['conditions'][number]): string {
  switch (condition.kind) {
    case 'billing-tier':
      return `the billing tier ${either(condition.anyOf)}`
    case 'usage-threshold': {
      const { usage, from, to } = condition
      return `the ${usage.of}'s ${usage.measure}${from ? ` from ${from.toFixed()}` : ''}${to ? ` below ${to.toFixed()}` : ''}`
    }
    case 'validity': {
      const { from, to } = condition
      return `times${from ? ` from ${from.toString()}` : ''}${to ? ` before ${to.toString()}` : ''}`
    }
    case 'hours-of-day':
      return `${condition.from} to ${condition.to} in ${condition.timeZone}`
    case 'weekdays':
      return `${either(condition.days)} in ${condition.timeZone}`
    case 'provider-model':
      return [condition.providers && `the provider ${either(condition.providers)}`, condition.models && `the model ${either(condition.models)}`]
        .filter(part => part !== undefined)
        .join(' and ')
    case 'first-time-customer':
      return 'a first-time customer'
    case 'dimension':
      return `the ${condition.dimension} ${either(condition.anyOf)}`
    case 'coupon': {
      const { code, maximumRedemptions, maximumRedemptionsPerCustomer } = condition
      const limits = [
        maximumRedemptions === undefined ? [] : [`at most ${maximumRedemptions} times`],
        maximumRedemptionsPerCustomer === undefined ? [] : [`${maximumRedemptionsPerCustomer} for each customer`],
      ].flat()
      return [`the coupon ${code}`, ...limits].join(', ')
    }
  }
}

function either(values: readonly string[]): string {
  return values.join(' or ')
}
