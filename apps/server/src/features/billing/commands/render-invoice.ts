import { writeFile } from 'node:fs/promises'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { Command, InvalidArgumentError, Option } from 'commander'
import { note } from '../../../cli/print.ts'
import { userPath } from '../../../cli/user-file.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { DOCUMENT_FORMATS, type DocumentFormat } from '../documents/document-format.ts'
import { readInvoiceId } from '../ids.ts'

interface RenderOptions {
  readonly format: DocumentFormat
  readonly out: string
}

/** `tollgate invoices render` */
export function renderInvoiceCommand(): Command {
  return new Command('render')
    .description('Writes an invoice or credit note to a file. A PDF of a finalised one has the electronic invoice in it (Factur-X).')
    .argument('<id>', 'id of the invoice: inv_…', invoiceArgument)
    .addOption(new Option('--format <format>', 'format of the file').choices(DOCUMENT_FORMATS).default('pdf'))
    .requiredOption('--out <file>', 'file to write; it is replaced if it exists')
    .action(async (invoiceId: string, { format, out }: RenderOptions) => {
      const { body } = await withTollgate(({ documents }) => documents.render({ scope: OPERATOR_SCOPE, invoiceId, format }))
      await writeFile(userPath(out), body)
      note(`${out} written.`)
    })
}

function invoiceArgument(text: string): string {
  try {
    return readInvoiceId(text).invoiceId
  } catch {
    throw new InvalidArgumentError('It must be the id of an invoice, such as inv_acme:01900000-0000-7000-8000-000000000000.')
  }
}
