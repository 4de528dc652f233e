import { Command } from 'commander'
import { operatorName } from '../../../cli/operator-name.ts'
import { print } from '../../../cli/print.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

/** `tollgate audit erase` */
export function eraseCommand(): Command {
  return new Command('erase')
    .description('Permanently erases the personal data of a person from an audit log. The events stay, and the log stays verifiable.')
    .requiredOption('--subject <id>', 'id of the person, as subjectId or actorId of the events')
    .option('--tenant <id>', 'log of this tenant (default: log of the installation)')
    .action(erase)
}

async function erase({ subject, tenant }: { subject: string; tenant?: string }): Promise<void> {
  const { erased, sequence } = await withTollgate(async ({ audit, accounts }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    return audit.eraseSubject({ tenantId: tenant ?? null, subjectId: subject, actor: { kind: 'user', id: operatorName() } })
  })
  print(
    erased
      ? `Erased. Event ${sequence} of the log records it.`
      : `The log has no readable personal data of this person. Event ${sequence} of the log records the attempt.`,
  )
}
