import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A real mail server that keeps what it receives. */
export interface MailServer {
  readonly url: string
  /** What it received, oldest first. */
  readonly received: string[]
  /** Refuses this many of the next recipients for now. */
  refuse(recipients: number): void
  stop(): Promise<void>
}

/** A file of a received e-mail. */
export interface ReceivedFile {
  readonly name: string
  readonly type: string
  readonly content: Buffer
}

/** Starts a mail server on a free port of this machine. */
export async function startMailServer(): Promise<MailServer> {
  const received: string[] = []
  let refusals = 0
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, callback) {
      refusals -= 1
      callback(refusals >= 0 ? Object.assign(new Error('try later'), { responseCode: 451 }) : null)
    },
    onData(stream, _session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString())
        callback()
      })
    },
  })
  smtp.on('error', () => {}) // A client that hangs up.
  const listening = smtp.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return {
    url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    received,
    refuse: recipients => (refusals = recipients),
    stop: () => new Promise<void>(resolve => smtp.close(() => resolve())),
  }
}

/** Returns the value of a header; an empty text without it. */
export function headerOf(mail: string, name: string): string {
  return new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, 'mi').exec(mail)?.[1]?.replaceAll(/\r\n\s/g, '') ?? ''
}

/** Returns the plain text of an e-mail. */
export function textOf(mail: string): string {
  const [, head = '', body = ''] = /(Content-Type: text\/plain[\s\S]*?)\r\n\r\n([\s\S]*?)\r\n--/.exec(mail) ?? []
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString()
  const bytes = body.replaceAll(/=\r\n/g, '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
  return /quoted-printable/i.test(head) ? Buffer.from(bytes, 'latin1').toString() : body
}

/** Returns the files of an e-mail. */
export function filesOf(mail: string): readonly ReceivedFile[] {
  const files = mail.matchAll(/Content-Type: (\S+); name="?([^"\r\n]+)"?[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)\r\n--/g)
  return [...files].map(([, type = '', name = '', body = '']) => ({ name, type, content: Buffer.from(body, 'base64') }))
}
