import { Command } from 'commander'
import { wholeNumberOption } from '../../../cli/options.ts'
import { archiveCommand } from './archive.ts'
import { eraseCommand } from './erase.ts'
import { checkExportCommand, exportCommand } from './export.ts'
import { checkConsistency, checkpoint, checkProof, printKeys, prove, proveConsistency } from './proofs.ts'
import { verify } from './verify.ts'

/** `tollgate audit` */
export function auditCommand(): Command {
  return new Command('audit')
    .description('Verifies, exports and signs audit logs.')
    .addCommand(
      new Command('verify')
        .description('Verifies audit logs from their first event to their end. Exits with 1 and names the first broken place if a log is not intact.')
        .option('--tenant <id>', 'only the log of this tenant (default: all tenants and the installation)')
        .option('--checkpoint <file...>', 'checkpoints of this log that were kept outside the database; the log is that of --tenant, or of the installation')
        .option('--checkpoints <file...>', 'files of kept checkpoints of any logs: the file of TOLLGATE_AUDIT_CHECKPOINT_FILE, exports or archives')
        .option('--archives <directory>', 'verifies the archives in this directory too; without it, verification starts after them')
        .action(verify),
    )
    .addCommand(archiveCommand())
    .addCommand(eraseCommand())
    .addCommand(exportCommand())
    .addCommand(checkExportCommand())
    .addCommand(
      new Command('checkpoint')
        .description('Verifies what was recorded since the last checkpoint, and prints a signed checkpoint. Keep it outside the database.')
        .option('--tenant <id>', 'log of this tenant (default: log of the installation)')
        .action(checkpoint),
    )
    .addCommand(
      new Command('prove')
        .description('Prints a proof that an event is in its log, which "audit check-proof" verifies without a server.')
        .argument('<sequence>', 'sequence of the event', wholeNumberOption(1, 999_999_999_999_999))
        .option('--tenant <id>', 'log of this tenant (default: log of the installation)')
        .action(prove),
    )
    .addCommand(
      new Command('check-proof')
        .description('Verifies a proof without a server or database, and prints the event that it proves.')
        .argument('<file>', 'the proof')
        .requiredOption('--key <key...>', 'keys of the log, as "audit keys" prints them')
        .action(checkProof),
    )
    .addCommand(
      new Command('prove-consistency')
        .description(
          'Prints a proof that a log still has everything that an older checkpoint signed, which "audit check-consistency" verifies without a server.',
        )
        .argument('<old-size>', 'size of the log in the older checkpoint: its second line', wholeNumberOption(0, 999_999_999_999_999))
        .option('--tenant <id>', 'log of this tenant (default: log of the installation)')
        .action(proveConsistency),
    )
    .addCommand(
      new Command('check-consistency')
        .description('Verifies a proof of consistency without a server or database.')
        .argument('<file>', 'the proof')
        .requiredOption('--old <file>', 'the older checkpoint')
        .requiredOption('--key <key...>', 'keys of the log, as "audit keys" prints them')
        .action(checkConsistency),
    )
    .addCommand(
      new Command('keys')
        .description('Prints the public keys that verify checkpoints and proofs of an audit log.')
        .option('--tenant <id>', 'log of this tenant (default: log of the installation)')
        .action(printKeys),
    )
}
