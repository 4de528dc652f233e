import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { Command } from 'commander'
import { CommandFailed } from '../../../../cli/command-failed.ts'
import { note, print } from '../../../../cli/print.ts'
import { withTollgate } from '../../../../cli/with-tollgate.ts'
import { describeChanges } from './describe-feed.ts'

/** `tollgate prices refresh` */
export function refreshPricesCommand(): Command {
  return new Command('refresh')
    .description('Checks the price feed (TOLLGATE_PRICES_URL) now, and applies what needs no approval. Servers do so every six hours.')
    .action(refreshPrices)
}

async function refreshPrices(): Promise<void> {
  const { check, addedPrices, changed, pending } = await withTollgate(({ priceFeed }) => priceFeed.refresh(OPERATOR_SCOPE))
  if (check === null) {
    note('No price feed is configured: set TOLLGATE_PRICES_URL and TOLLGATE_PRICES_PUBLIC_KEY.')
    throw new CommandFailed()
  }
  if (changed) note(`List prices changed: ${addedPrices.toLocaleString('en')} new. Running servers rate unpriced events of the last 30 days.`)
  if (pending.length > 0) {
    print(describeChanges(pending))
    note('These prices move by more than 30 %. Approve them with "prices approve <change>", or keep the active ones with "prices refuse <change>".')
  }
  if (check.state === 'current') return note(changed || pending.length > 0 ? 'The feed is current.' : 'The feed is current; nothing changed.')
  note(`The feed could not be used (${check.state}). ${check.problem} ${changed ? '' : 'Nothing changed.'}`.trimEnd())
  throw new CommandFailed()
}
