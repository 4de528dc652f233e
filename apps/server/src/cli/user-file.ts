import { resolve } from 'node:path'
import { DomainError } from '@tollgate/kernel'
import { readEnvironment } from '../environment.ts'
import { readTextFile } from './read-text-file.ts'

/** A file that a command was given cannot be read. The message names it and says why. */
export class UnreadableFile extends DomainError<'UNREADABLE_FILE'> {
  constructor(file: string, cause: Error) {
    super('UNREADABLE_FILE', `${file} cannot be read. ${reasonOf(cause)}`, { cause })
  }
}

/** Returns the absolute path of a file that is relative to the directory of the user: npm runs commands in the root of the project. */
export function userPath(file: string): string {
  return resolve(readEnvironment().workingDirectory, file)
}

/** Reads a text file in UTF-8 that a command was given. Throws `UnreadableFile`. */
export async function readUserFile(file: string): Promise<string> {
  return readTextFile(userPath(file)).catch((cause: unknown) => {
    throw new UnreadableFile(file, cause as Error)
  })
}

function reasonOf(cause: Error): string {
  const { code } = cause as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'The file does not exist.'
  if (code === 'EISDIR') return 'It is a directory.'
  if (code === 'EACCES') return 'This user may not read it.'
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'It is not valid UTF-8.'
  return cause.message
}
