import { Command } from 'commander'
import { grantCreditsCommand, transferCreditsCommand, voidCreditsCommand } from './change-wallets.ts'
import { costsCommand, setCostCommand } from './costs.ts'
import { entriesCommand, walletCommand } from './show-wallets.ts'
import { verifyCreditsCommand } from './verify-credits.ts'

/** `tollgate credits` */
export function creditsCommand(): Command {
  return new Command('credits')
    .description('Gives and shows prepaid credits of tenants and their customers, and what operations cost in credits.')
    .addCommand(grantCreditsCommand())
    .addCommand(voidCreditsCommand())
    .addCommand(transferCreditsCommand())
    .addCommand(walletCommand())
    .addCommand(entriesCommand())
    .addCommand(costsCommand())
    .addCommand(setCostCommand())
    .addCommand(verifyCreditsCommand())
}
