const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Returns a UUIDv7 (RFC 9562) of the time and 10 random bytes: calls of one client sort by time, which keeps the server's index small. */
export function callIdOf(epochMs: number, random: Uint8Array): string {
  const time = Math.max(0, Math.trunc(epochMs)).toString(16).padStart(12, '0').slice(-12)
  const hex = (index: number) => HEX[random[index] ?? 0] ?? '00'
  const version = HEX[0x70 | ((random[0] ?? 0) & 0x0f)] ?? '70'
  const variant = HEX[0x80 | ((random[2] ?? 0) & 0x3f)] ?? '80'
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}${hex(1)}-${variant}${hex(3)}-${hex(4)}${hex(5)}${hex(6)}${hex(7)}${hex(8)}${hex(9)}`
}
