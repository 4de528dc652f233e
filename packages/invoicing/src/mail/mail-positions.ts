/** How far the alerts of each source were sent by e-mail. */
export interface MailPositions {
  /** Returns the position of a source, or undefined if none was written. */
  read(source: string): Promise<string | undefined>
  write(source: string, position: string): Promise<void>
}
