/** Writes a line for the person or the program that reads the command's answer. */
export function print(text = ''): void {
  process.stdout.write(`${text}\n`)
}

/** Writes a line beside the answer, where a program that reads it does not see it. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`)
}
