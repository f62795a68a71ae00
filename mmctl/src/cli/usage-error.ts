/** The command line itself is wrong; the message is followed by a hint at the help of `command`. */
export class UsageError extends Error {
  override name = 'UsageError'
  command = 'mmctl'
}
