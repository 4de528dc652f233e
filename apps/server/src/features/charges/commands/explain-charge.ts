import { NotFound, OPERATOR_SCOPE } from '@tollgate/kernel'
import { Command, InvalidArgumentError } from 'commander'
import { describeCharge } from '@tollgate/charges'
import { UsageEventId } from '../../usage/ids.ts'
import { print } from '../../../cli/print.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

/** `tollgate prices explain` */
export function explainChargeCommand(): Command {
  return new Command('explain')
    .description('Explains the charge of an event: its tokens at the price of its time, the markup, each discount and the rounding.')
    .argument('<event>', 'id of the event: evt_…', eventArgument)
    .action(explain)
}

async function explain(eventId: string): Promise<void> {
  const explained = await withTollgate(({ charges }) => charges.explainEvent(OPERATOR_SCOPE, eventId))
  if (explained === undefined) throw new NotFound('usage event', `evt_${eventId}`)
  print(describeCharge(explained.charge).trimEnd())
}

function eventArgument(text: string): string {
  try {
    return UsageEventId.decode(text)
  } catch {
    throw new InvalidArgumentError('It must be the id of an event, such as evt_01900000-0000-7000-8000-000000000000.')
  }
}
