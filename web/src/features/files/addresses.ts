import { api, request } from '../../client/api.ts'
import type { ViewedFile } from './open-viewer.tsx'

/** Where the file itself is. */
export const fileAddress = ({ id, link }: Pick<ViewedFile, 'id' | 'link'>): string => link || api.getFileUrl(id, 0)

/** The same as a download: browsers keep it instead of showing it. */
export const downloadAddress = ({ id, link }: Pick<ViewedFile, 'id' | 'link'>): string =>
  link || `${api.getFileUrl(id, 0)}?download=1`

/** Pictures that move, or that are drawings, lose what they are in a preview. */
const WHOLE = new Set(['gif', 'svg'])

/** What a list shows of a picture: the server's preview, or the file where there is none or where it would be less. */
export function pictureAddress(file: ViewedFile): string {
  const whole = !file.has_preview_image || WHOLE.has(file.extension.toLowerCase())
  return whole ? fileAddress(file) : api.getFilePreviewUrl(file.id, 0)
}

/** A link with which anybody can open a file without signing in. Rejects with an ApiError. */
export async function publicLink(fileId: string): Promise<string> {
  return (await request<{ link: string }>('GET', `/files/${fileId}/link`)).link
}
