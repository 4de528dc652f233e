/** Writes a line of the command's output to stdout. */
export function print(text = ''): void {
  process.stdout.write(`${text}\n`)
}

/** Writes a message for people to stderr, where it does not mix with the output. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`)
}
