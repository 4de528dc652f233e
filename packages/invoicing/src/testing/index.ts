export { billingPlanOf } from './builders/billing-plan.ts'
export { type PhaseOfTest, subscriptionOf } from './builders/subscription.ts'
