import { InvalidInput, OPERATOR_SCOPE } from '@tollgate/kernel'
import { Command } from 'commander'
import { operatorName } from '../../../../cli/operator-name.ts'
import { note, print } from '../../../../cli/print.ts'
import { withTollgate } from '../../../../cli/with-tollgate.ts'
import { describeChanges } from './describe-feed.ts'

/** `tollgate prices changes` */
export function listChangesCommand(): Command {
  return new Command('changes').description('Lists fetched prices that wait for your decision, because they move by more than 30 %.').action(async () => {
    const { pending } = await withTollgate(({ priceFeed }) => priceFeed.status())
    if (pending.length === 0) return note('No prices wait for a decision.')
    print(describeChanges(pending))
  })
}

const DESCRIPTIONS = {
  approve: 'Applies fetched prices that wait because they move by more than 30 %.',
  refuse: 'Keeps the active prices. A later list with other prices asks again.',
}

/** `tollgate prices approve` and `tollgate prices refuse` */
export function decideChangesCommand(verb: 'approve' | 'refuse'): Command {
  return new Command(verb)
    .description(DESCRIPTIONS[verb])
    .argument('[changes...]', 'changes, by their ids in "prices changes"')
    .option('--all', `${verb} all of them`)
    .action((changes: readonly string[], { all }: { readonly all?: true }) => decide(verb, { changes, all }))
}

async function decide(verb: 'approve' | 'refuse', { changes, all }: { readonly changes: readonly string[]; readonly all: true | undefined }): Promise<void> {
  if ((changes.length === 0) === (all === undefined)) throw new InvalidInput([{ path: 'changes', message: 'is required, unless --all is given' }])
  await withTollgate(async ({ priceFeed }) => {
    const changeIds = all ? (await priceFeed.status()).pending.map(({ id }) => id) : changes
    if (changeIds.length === 0) return note('No prices wait for a decision.')
    const { addedPrices, pending } = await priceFeed.decide(OPERATOR_SCOPE, { changeIds, approved: verb === 'approve', decidedBy: operatorName() })
    const decided = `${changeIds.length} ${changeIds.length === 1 ? 'change' : 'changes'}`
    if (verb === 'refuse') note(`Refused ${decided}. The active prices stay.`)
    else note(`Approved ${decided}; ${addedPrices.toLocaleString('en')} prices are new. Running servers rate unpriced events of the last 30 days.`)
    if (pending.length > 0) note(`${pending.length} more wait for a decision.`)
  })
}
