/** Ends a command with exit code 1. The command has already printed the reason. */
export class CommandFailed extends Error {}
