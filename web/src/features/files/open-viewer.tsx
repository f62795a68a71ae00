import type { FileInfo } from '@mattermost/types/files'
import { openDialog } from '../../shell/dialogs.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'

const FileViewer = lazyPart(() => import('./viewer/FileViewer.tsx'))

/** A file to look at: one of the server, or a picture from elsewhere (`link`). */
export type ViewedFile = Pick<
  FileInfo,
  'id' | 'name' | 'extension' | 'size' | 'mime_type' | 'has_preview_image' | 'width' | 'height'
> & {
  readonly post_id?: string
  /** where a picture that is no file of the server is loaded from */
  readonly link?: string
}

/** Shows files over the whole window, beginning with one of them. Loaded when it is first used. */
export const openFileViewer = (files: readonly ViewedFile[], index = 0): void =>
  void openDialog((close) => <FileViewer files={files} index={index} onClose={close} />)

/** The same for a picture that stands in a text or a preview; `source` is where it is loaded from. */
export function openPicture(source: string, name = ''): void {
  const last = decodeURIComponent(new URL(source, location.href).pathname.split('/').at(-1) ?? '')
  const file = { id: source, name: name || last || source, extension: 'png', size: 0, mime_type: 'image/png' }
  openFileViewer([{ ...file, has_preview_image: false, width: 0, height: 0, link: source }])
}
