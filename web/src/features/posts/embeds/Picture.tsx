import { useState } from 'react'
import type { ReactNode } from 'react'
import { cx } from '../../../ui/cx.ts'
import { safeImageSource } from '../../markdown/safe-href.ts'
import { imageSource } from '../post/message-context.tsx'
import { fit } from './fit.ts'
import type { Size } from './fit.ts'
import css from './Embeds.module.css'

interface Props {
  readonly url: string
  readonly alt: string
  readonly size: Partial<Size> | undefined
  readonly box: Size
  readonly className?: string
}

/** A picture from elsewhere: its place is kept before it is loaded; nothing when it cannot be, or has no safe address. */
export function Picture({ url, alt, size, box, className }: Props): ReactNode {
  const [failed, setFailed] = useState(false)
  const source = safeImageSource(url, location.origin)
  if (!source || failed) return null
  // Of unknown size: it takes the whole box, so that it moves nothing when it comes.
  const fitted = fit(size, box) ?? box
  return (
    <img
      src={imageSource(source)}
      alt={alt}
      width={fitted.width}
      height={fitted.height}
      style={{ aspectRatio: `${fitted.width} / ${fitted.height}` }}
      loading="lazy"
      decoding="async"
      draggable={false}
      className={cx(css['picture'], className)}
      onError={() => setFailed(true)}
    />
  )
}
