import type { Command } from 'commander'
import { plansCommand, publishPlanCommand } from './plans.ts'
import { cancelCommand, changePlanCommand, revenueCommand, subscribeCommand, subscriptionCommand } from './subscriptions.ts'

/** Adds the commands for plans and subscriptions to `tollgate billing`. */
export function addSubscriptionCommands(billing: Command): Command {
  return billing
    .addCommand(plansCommand())
    .addCommand(publishPlanCommand())
    .addCommand(subscribeCommand())
    .addCommand(changePlanCommand())
    .addCommand(cancelCommand())
    .addCommand(subscriptionCommand())
    .addCommand(revenueCommand())
}
