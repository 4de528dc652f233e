import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Branding, FontFiles, InvoiceDocument } from '@tollgate/invoicing/rendering'
import { InvalidInput } from '@tollgate/kernel'
import { z } from 'zod'

/** How the invoices of an installation look. */
export interface DocumentDesign {
  readonly branding: Branding
  readonly texts?: InvoiceDocument['texts']
  readonly fonts?: readonly FontFiles[] | undefined
}

/** The design without a file. */
export const PLAIN_DESIGN: DocumentDesign = { branding: {} }

/** A text, or texts by status or unit. */
const text = z.union([z.string(), z.record(z.string(), z.union([z.string(), z.null(), z.tuple([z.string(), z.string()])]))])

const design = z.strictObject({
  logo: z.string().optional(),
  logoDescription: z.string().default(''),
  color: z.string().optional(),
  footer: z.array(z.string()).optional(),
  texts: z.record(z.string(), z.record(z.string(), text)).optional(),
  fonts: z.array(z.strictObject({ regular: z.string(), bold: z.string() })).optional(),
})

/** Reads a design from a JSON file, whose other files are relative to it. Throws `InvalidInput` and `InvalidBranding`. */
export async function readDesign(path: string | undefined): Promise<DocumentDesign> {
  if (path === undefined) return PLAIN_DESIGN
  const read = (file: string) => readFile(resolve(dirname(path), file)).catch((error: unknown) => invalid(path, `${file} cannot be read: ${String(error)}`))
  const json = await readFile(path, 'utf8').catch((error: unknown) => invalid(path, `it cannot be read: ${String(error)}`))
  const parsed = design.safeParse(parseJson(path, json))
  if (!parsed.success) return invalid(path, z.prettifyError(parsed.error))
  const { logo, logoDescription, color, footer, texts, fonts } = parsed.data
  const branding: Branding = { color, footer, logo: logo === undefined ? undefined : { bytes: await read(logo), description: logoDescription } }
  const { checkBranding } = await import('@tollgate/invoicing/rendering')
  checkBranding(branding)
  return {
    branding,
    texts: texts as InvoiceDocument['texts'],
    fonts: fonts && (await Promise.all(fonts.map(async ({ regular, bold }) => ({ regular: await read(regular), bold: await read(bold) })))),
  }
}

function parseJson(path: string, json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    return invalid(path, String(error))
  }
}

function invalid(path: string, message: string): never {
  throw new InvalidInput([{ path: 'TOLLGATE_INVOICE_DESIGN', message: `${path}: ${message}` }])
}
