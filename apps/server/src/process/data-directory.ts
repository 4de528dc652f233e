import { access, constants, mkdir } from 'node:fs/promises'
import { DomainError } from '@tollgate/kernel'

/** The data directory cannot be created or written. */
export class DataDirectoryUnusable extends DomainError<'DATA_DIRECTORY_UNUSABLE'> {
  readonly directory: string

  constructor(directory: string, cause: unknown) {
    super(
      'DATA_DIRECTORY_UNUSABLE',
      `The data directory ${directory} cannot be used: ${reasonOf(cause)}. Set TOLLGATE_DATA_DIR to a directory that this user can write to.`,
      { cause },
    )
    this.directory = directory
  }
}

/** Creates the data directory if it is missing, and checks that it can be written. */
export async function prepareDataDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true })
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new DataDirectoryUnusable(directory, error)
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user cannot write to it',
  EPERM: 'this user cannot write to it',
  EROFS: 'its file system is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'part of its path is a file',
  EEXIST: 'it is a file',
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException
  return REASONS[code ?? ''] ?? message
}
