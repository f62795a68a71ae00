import type { App } from '../app.ts'
import { guardedFetch } from '../outgoing/guarded-fetch.ts'
import { OutgoingError } from '../outgoing/outgoing-error.ts'
import { proxiedImageUrl } from '../previews/image-proxy.ts'
import { systemError } from './system.errors.ts'

/** A foreign picture, or where to find it. */
export type FetchedImage =
  | { readonly redirect: string }
  | { readonly body: Buffer; readonly headers: Record<string, string> }

const RASTER = /^image\/(png|jpeg|gif|webp|bmp|tiff|avif|x-icon|vnd\.microsoft\.icon)$/
const MAX_BYTES = 50 * 1024 * 1024

/**
 * Loads a picture that somebody linked, so that its host does not see who reads. Pictures of this site are redirected
 * to; private networks are closed. Throws 400 for anything else and while the proxy is off.
 */
export async function fetchImage(app: Pick<App, 'config'>, address: string): Promise<FetchedImage> {
  const { ServiceSettings, ImageProxySettings, FileSettings } = app.config.get()
  const refused = (why: string) => systemError('api.image.get.app_error', {}, why)
  const site = URL.parse(ServiceSettings.SiteURL)
  const url = address === '' ? null : site ? URL.parse(address, site.href) : URL.parse(address)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw refused('not an http address')
  if (site && url.host === site.host) return { redirect: url.href }
  if (!ImageProxySettings.Enable) throw refused('the image proxy is off')
  if (ImageProxySettings.ImageProxyType !== 'local') {
    const remote = proxiedImageUrl(url.href, {
      enable: true,
      type: ImageProxySettings.ImageProxyType,
      remoteUrl: ImageProxySettings.RemoteImageProxyURL,
      remoteOptions: ImageProxySettings.RemoteImageProxyOptions,
      siteUrl: ServiceSettings.SiteURL,
    })
    return { redirect: remote }
  }
  return load(app, url.href, Math.min(MAX_BYTES, FileSettings.MaxFileSize))
}

async function load(app: Pick<App, 'config'>, url: string, maxBytes: number): Promise<FetchedImage> {
  const { ServiceSettings, ExperimentalSettings } = app.config.get()
  const allowed = (type: string) => RASTER.test(type) || (ServiceSettings.EnableSVGs && type === 'image/svg+xml')
  const refused = (why: string) => systemError('api.image.get.app_error', {}, why)
  try {
    const answer = await guardedFetch(url, {
      headers: { accept: 'image/*' },
      timeoutMs: ExperimentalSettings.LinkMetadataTimeoutMilliseconds,
      maxBytes: (head) => (head.status === 200 && allowed(mediaType(head.headers)) ? maxBytes : 0),
      trust: 'member',
      allowedInternal: ServiceSettings.AllowedUntrustedInternalConnections,
      insecureTls: ServiceSettings.EnableInsecureOutgoingConnections,
    })
    const type = mediaType(answer.headers)
    if (answer.status !== 200 || !allowed(type)) throw refused(`status ${answer.status}, type ${type}`)
    return { body: answer.body, headers: { ...IMAGE_HEADERS, 'Content-Type': type } }
  } catch (error) {
    throw error instanceof OutgoingError ? refused(error.message) : error
  }
}

/** A picture comes from our own address here; an attacker's SVG must not run as part of the site. */
const IMAGE_HEADERS = {
  'Cache-Control': 'private, max-age=86400',
  'Content-Security-Policy': "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox",
  'X-Frame-Options': 'deny',
}

const mediaType = (headers: { 'content-type'?: string | undefined }): string =>
  (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
