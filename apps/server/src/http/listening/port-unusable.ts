import { DomainError } from '@tollgate/kernel'

/** The port is in use, or this user may not listen on it. */
export class PortUnusable extends DomainError<'PORT_UNUSABLE'> {
  readonly port: number

  constructor(port: number, cause: NodeJS.ErrnoException, setting: 'PORT' | 'TOLLGATE_METRICS_PORT' = 'PORT') {
    super('PORT_UNUSABLE', `${reasonOf(port, cause)} Set ${setting} to another port, such as ${setting}=${port === 4000 ? 4001 : 4000}.`, { cause })
    this.port = port
  }
}

function reasonOf(port: number, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program.`
  if (code === 'EACCES') return `This user may not listen on port ${port}.`
  return `Cannot listen on port ${port}: ${message}.`
}
