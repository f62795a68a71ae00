import { createHash, timingSafeEqual } from 'node:crypto'

/** The `h` of a public link, as in links Mattermost made: base64url (no padding) of SHA-256 over salt, then file id. */
export function publicLinkHash(fileId: string, salt: string): string {
  return createHash('sha256').update(salt).update(fileId).digest('base64url')
}

/** The address of a public link. `siteUrl` without a slash at the end. Throws when no salt is set: anyone could make links. */
export function publicLink(siteUrl: string, fileId: string, salt: string): string {
  if (salt === '') throw new Error('FileSettings.PublicLinkSalt is empty')
  return `${siteUrl}/files/${fileId}/public?h=${publicLinkHash(fileId, salt)}`
}

/** Whether `hash` (any value a query may hold) belongs to the file. Takes the same time for every wrong hash. */
export function isPublicLinkHash(hash: unknown, fileId: string, salt: string): boolean {
  if (typeof hash !== 'string' || salt === '') return false
  const given = Buffer.from(hash)
  const right = Buffer.from(publicLinkHash(fileId, salt))
  return given.length === right.length && timingSafeEqual(given, right)
}
