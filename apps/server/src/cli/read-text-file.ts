import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { isStorableText } from '@tollgate/kernel'

/** Reads a text file in UTF-8. Rejects a file in another encoding, which would otherwise be read with other characters. */
export async function readTextFile(file: string): Promise<string> {
  const bytes = await readFile(file)
  if (!isUtf8(bytes)) throw new Error('The file is not valid UTF-8. Save it as UTF-8.')
  const text = bytes.toString('utf8')
  if (!isStorableText(text)) throw new Error('The file must not contain a NUL character. Save it as UTF-8 text.')
  return text
}
