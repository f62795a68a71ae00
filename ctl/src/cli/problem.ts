/** Something that the administrator can repair: what is wrong, and what to do. Holds no secret. */
export class Problem extends Error {
  override name = 'Problem'
  readonly repair: string

  constructor(message: string, repair: string, options?: ErrorOptions) {
    super(message, options)
    this.repair = repair
  }
}

/** Arguments that a command does not understand. Shown with the command's usage; exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** The sentence of an error of the system, without Node's decoration. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code, path } = error as NodeJS.ErrnoException
  const known = code && REASONS[code]
  return known ? `${path ?? error.message}: ${known}` : error.message
}

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  ENOENT: 'there is no such file or directory',
  ENOTDIR: 'a part of the path is not a directory',
  EISDIR: 'is a directory',
  EEXIST: 'exists already',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EBUSY: 'is in use',
}
