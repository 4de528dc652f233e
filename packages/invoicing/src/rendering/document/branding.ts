import { DomainError } from '@tollgate/kernel'

/** How invoices look. Everything has a default. */
export interface Branding {
  /** Shown at the top instead of the seller's name. */
  readonly logo?: Logo | undefined
  /** Of titles and table heads, such as "#0b5fff". Defaults to a dark blue. */
  readonly color?: string | undefined
  /** Printed at the bottom of every page, such as the register court and directors. */
  readonly footer?: readonly string[] | undefined
}

/** An image, PNG or JPEG. */
export interface Logo {
  readonly bytes: Uint8Array
  /** Text for those who do not see it. */
  readonly description: string
}

/** The color of a brand that has none. */
export const DEFAULT_COLOR = '#1f3a5f'

/** Maximum size of a logo. It is part of every document. */
export const MAX_LOGO_BYTES = 512 * 1024

/** Maximum number of footer lines. */
export const MAX_FOOTER_LINES = 4

/** The branding cannot be used. */
export class InvalidBranding extends DomainError<'INVALID_BRANDING'> {
  constructor(message: string) {
    super('INVALID_BRANDING', message)
  }
}

/** Checks the branding. Throws `InvalidBranding`. */
export function checkBranding({ logo, color, footer = [] }: Branding): void {
  if (color !== undefined && !/^#[0-9a-fA-F]{6}$/.test(color)) {
    throw new InvalidBranding(`The color must have six hexadecimal digits, such as "${DEFAULT_COLOR}", not "${color.slice(0, 20)}".`)
  }
  if (footer.length > MAX_FOOTER_LINES) throw new InvalidBranding(`The footer must have at most ${MAX_FOOTER_LINES} lines, not ${footer.length}.`)
  if (logo === undefined) return
  if (logo.bytes.length > MAX_LOGO_BYTES) throw new InvalidBranding(`The logo must have at most ${MAX_LOGO_BYTES} bytes, not ${logo.bytes.length}.`)
  if (logoType(logo) === undefined) throw new InvalidBranding('The logo must be a PNG or JPEG image.')
}

/** Returns the media type of a logo by its first bytes. */
export function logoType({ bytes }: Logo): 'image/png' | 'image/jpeg' | undefined {
  const begins = (...expected: readonly number[]) => expected.every((byte, position) => bytes[position] === byte)
  if (begins(0x89, 0x50, 0x4e, 0x47)) return 'image/png'
  return begins(0xff, 0xd8, 0xff) ? 'image/jpeg' : undefined
}
