import type { ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import { openPicture } from '../../files/open-viewer.tsx'
import { safeImageSource } from '../../markdown/safe-href.ts'
import { imageSource } from '../post/message-context.tsx'
import { Foldable } from './Foldable.tsx'
import { fit, placeFor } from './fit.ts'
import type { Size } from './fit.ts'
import { Picture } from './Picture.tsx'
import css from './Embeds.module.css'

const BOX: Size = { width: 480, height: 320 }

/** The picture that a link in a post leads to. */
export function ImageEmbed({ url, size }: { url: string; size: Size | undefined }): ReactNode {
  const t = useText()
  const href = safeImageSource(url, location.origin)
  if (!href) return null
  const name = fileName(href)
  return (
    <Foldable name={name}>
      <button
        type="button"
        className={css['image']}
        aria-label={t('posts.open_picture', 'Open the picture {name}', { name })}
        onClick={() => openPicture(imageSource(href), name)}
      >
        <Picture url={url} alt="" size={placeFor(fit(size, BOX) ?? BOX)} box={BOX} />
      </button>
    </Foldable>
  )
}

function fileName(href: string): string {
  const last = new URL(href).pathname.split('/').findLast(Boolean) ?? ''
  try {
    return decodeURIComponent(last) || new URL(href).host
  } catch {
    return last
  }
}
