import type { App } from '../app.ts'
import type { Call } from '../http/route.ts'
import type { Session } from '../sessions/session.ts'
import { liveFile, readableFile } from './file-access.ts'
import type { StoredFileInfo } from './file-infos.store.ts'
import { fileError } from './files.errors.ts'
import { isPublicLinkHash, publicLink } from './public-link.ts'

function saltOfLinks(app: Pick<App, 'config'>): string {
  const { EnablePublicLink, PublicLinkSalt } = app.config.get().FileSettings
  if (!EnablePublicLink || PublicLinkSalt === '') throw fileError('api.file.get_public_link.disabled.app_error')
  return PublicLinkSalt
}

/** Makes the link under which anyone may read a file. Throws 403 when links are off, 400 for a file without a post. */
export async function makePublicLink(
  app: Pick<App, 'access' | 'config' | 'db'>,
  session: Session,
  fileId: string,
  request: Call['request'],
): Promise<{ link: string }> {
  const salt = saltOfLinks(app)
  const { info } = await readableFile(app, session, fileId)
  if (info.post_id === '') throw fileError('api.file.get_public_link.no_post.app_error')
  const siteUrl = app.config.get().ServiceSettings.SiteURL || `${request.protocol}://${request.host}`
  return { link: publicLink(siteUrl, fileId, salt) }
}

/** The file of a public link. Throws 403 when links are off, 400 for a wrong hash (whether or not the file exists), 404. */
export async function publicFile(
  app: Pick<App, 'config' | 'db'>,
  fileId: string,
  hash: string,
): Promise<StoredFileInfo> {
  const salt = saltOfLinks(app)
  if (!isPublicLinkHash(hash, fileId, salt)) throw fileError('api.file.get_file.public_invalid.app_error')
  return liveFile(app, fileId)
}
