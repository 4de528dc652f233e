import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create } from 'fontkit'

/** Fonts in TrueType or OpenType format. */
export interface FontFiles {
  readonly regular: Uint8Array
  readonly bold: Uint8Array
}

/** A font of a document, with the characters that it has. */
export interface LoadedFont {
  readonly bytes: Uint8Array
  has(codePoint: number): boolean
}

/** Regular and bold. */
export interface FontPair {
  readonly regular: LoadedFont
  readonly bold: LoadedFont
}

let standard: FontFiles | undefined
const loaded = new WeakMap<Uint8Array, LoadedFont>()

/**
 * Returns the fonts of a document: DejaVu Sans (Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic, and most
 * symbols), followed by further fonts for characters that it lacks.
 */
export function loadFonts(further: readonly FontFiles[] = []): readonly FontPair[] {
  standard ??= { regular: readStandardFont('DejaVuSans.ttf'), bold: readStandardFont('DejaVuSans-Bold.ttf') }
  return [standard, ...further].map(({ regular, bold }) => ({ regular: loadFont(regular), bold: loadFont(bold) }))
}

function loadFont(bytes: Uint8Array): LoadedFont {
  const known = loaded.get(bytes)
  if (known !== undefined) return known
  const font = create(bytes as Parameters<typeof create>[0])
  if (!('hasGlyphForCodePoint' in font)) throw new TypeError('A font for documents must be one font, not a collection of fonts.')
  const made = { bytes, has: (codePoint: number) => font.hasGlyphForCodePoint(codePoint) }
  loaded.set(bytes, made)
  return made
}

function readStandardFont(file: string): Uint8Array {
  return readFileSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${file}`))
}
