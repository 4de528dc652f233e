import { Command } from 'commander'
import { explainChargeCommand } from '../../charges/commands/explain-charge.ts'
import { simulateChargesCommand } from '../../charges/commands/simulate-charges.ts'
import { rerateCommand } from '../../rerating/commands/rerate.ts'
import { aliasCommand } from './aliases/aliases.ts'
import { comparePricesCommand } from './compare-prices.ts'
import { buildFeedCommand } from './feed/build-feed.ts'
import { decideChangesCommand, listChangesCommand } from './feed/changes.ts'
import { refreshPricesCommand } from './feed/refresh-prices.ts'
import { importPricesCommand } from './import-prices.ts'
import { listPricesCommand } from './list-prices.ts'
import { listUnpricedCommand } from './list-unpriced.ts'
import { priceStatusCommand } from './price-status.ts'
import { publishPriceCommand } from './publish-price.ts'

/** `tollgate prices` */
export function pricesCommand(): Command {
  return new Command('prices')
    .description('What providers charge: bundled list prices, and your own prices, which take precedence.')
    .addCommand(publishPriceCommand())
    .addCommand(importPricesCommand())
    .addCommand(listPricesCommand())
    .addCommand(listUnpricedCommand())
    .addCommand(priceStatusCommand())
    .addCommand(refreshPricesCommand())
    .addCommand(listChangesCommand())
    .addCommand(decideChangesCommand('approve'))
    .addCommand(decideChangesCommand('refuse'))
    .addCommand(buildFeedCommand())
    .addCommand(comparePricesCommand())
    .addCommand(aliasCommand())
    .addCommand(rerateCommand())
    .addCommand(explainChargeCommand())
    .addCommand(simulateChargesCommand())
}
