import { useState } from 'react'
import type { ReactNode } from 'react'
import type { FileInfo } from '@mattermost/types/files'
import { usePreference } from '../../client/preferences.ts'
import { useText } from '../../shell/i18n.tsx'
import { cx } from '../../ui/cx.ts'
import { fit, placeFor } from '../posts/embeds/fit.ts'
import { pictureAddress } from './addresses.ts'
import { FileCard } from './FileCard.tsx'
import css from './Files.module.css'

/** The largest a picture in the list gets, in px. */
const BOX = { width: 480, height: 320 }

interface Props {
  readonly file: FileInfo
  /** the only picture of its post: shown whole; several are tiles of one size */
  readonly alone: boolean
  readonly onOpen: () => void
}

/** A picture in a post. Its space is known before it is loaded, filled with the blurred one that comes with the post. */
export function PostPicture({ file, alone, onOpen }: Props): ReactNode {
  const t = useText()
  const [failed, setFailed] = useState(false)
  const collapsed = usePreference('display_settings', 'collapse_previews', 'false') === 'true'
  if (failed || collapsed) return <FileCard file={file} onOpen={onOpen} />
  const size = alone ? placeFor(fit(file, BOX) ?? { width: BOX.width / 2, height: BOX.height / 2 }) : undefined
  const blurred = file.mini_preview && `url(data:image/jpeg;base64,${file.mini_preview})`
  return (
    <button
      type="button"
      className={cx(css['picture'], !alone && css['cover'])}
      style={{
        ...(size && { width: size.width, aspectRatio: `${size.width} / ${size.height}` }),
        ...(blurred && { backgroundImage: blurred }),
      }}
      onClick={onOpen}
      aria-label={t('files.open_picture', 'Open the picture {name}', { name: file.name })}
    >
      <img
        src={pictureAddress(file)}
        alt=""
        width={size?.width}
        height={size?.height}
        loading="lazy"
        decoding="async"
        draggable={false}
        onLoad={(event) => event.currentTarget.parentElement?.style.removeProperty('background-image')}
        onError={() => setFailed(true)}
      />
    </button>
  )
}
