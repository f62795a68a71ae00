import { VERSION } from '../../../server/src/version.ts'

/** Does this mmctl fit a server? It must be of the same major version and not newer in the minor one. */
export function fits(serverVersion: string, own: string = VERSION): boolean {
  const [major, minor] = numbers(serverVersion)
  const [ownMajor, ownMinor] = numbers(own)
  return major === ownMajor && minor !== undefined && ownMinor! <= minor
}

/** The version in an X-Version-Id header: `10.11.20.10.11.20.<hash>.true` → `10.11.20`. */
export const versionOf = (versionId: string): string => versionId.split('.').slice(0, 3).join('.')

const numbers = (version: string): number[] => version.split('.').slice(0, 2).map(Number).filter(Number.isInteger)
