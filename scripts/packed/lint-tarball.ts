import { readFile } from 'node:fs/promises'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import type { PackedPackage } from './pack-packages.ts'

/** Returns what publint reports about a packed package, suggestions included. */
export async function lintTarball({ name, tarball }: PackedPackage): Promise<string[]> {
  const bytes = await readFile(tarball)
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) } })
  return messages.map(message => `${name}: ${formatMessage(message, pkg, { color: false }) ?? message.code}`)
}
