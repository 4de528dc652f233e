/** An instruction of a Dockerfile. */
export interface Instruction {
  readonly name: string
  readonly value: string
}

/** Returns the instructions of each stage, without comments, and with lines that end in a backslash joined. */
export function readStages(text: string): readonly (readonly Instruction[])[] {
  const stages: Instruction[][] = []
  const lines = text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
  for (const line of lines) {
    const [, name, value = ''] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? []
    if (name === undefined) continue
    if (name === 'FROM') stages.push([])
    stages.at(-1)?.push({ name, value: value.trim() })
  }
  return stages
}

/** Returns the values of one kind of instruction. */
export function valuesOf(stage: readonly Instruction[] | undefined, name: string): readonly string[] {
  return (stage ?? []).filter(instruction => instruction.name === name).map(({ value }) => value)
}
