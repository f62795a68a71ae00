import { useState } from 'react'
import type { ReactNode } from 'react'
import type { FileInfo } from '@mattermost/types/files'
import { useText } from '../../shell/i18n.tsx'
import { fileAddress } from './addresses.ts'
import { FileCard } from './FileCard.tsx'
import { ifFailed } from './media-failure.ts'
import css from './Files.module.css'

/** A sound or a film that plays in the post. One that this browser cannot play is a file like others. */
export function Player({
  file,
  kind,
  onOpen,
}: {
  file: FileInfo
  kind: 'audio' | 'video'
  onOpen: () => void
}): ReactNode {
  const t = useText()
  const [failed, setFailed] = useState(false)
  const onFail = (): void => setFailed(true)
  const card = <FileCard file={file} onOpen={onOpen} />
  if (failed) return card
  const label = t('files.play', 'Play {name}', { name: file.name })
  const playing = {
    ref: ifFailed(onFail),
    controls: true,
    src: fileAddress(file),
    'aria-label': label,
    onError: onFail,
  }
  if (kind === 'audio') {
    return (
      <div className={css['player']}>
        {card}
        <audio preload="none" {...playing} />
      </div>
    )
  }
  return (
    <div className={css['player']}>
      <video playsInline preload="metadata" className={css['video']} {...playing} />
      {card}
    </div>
  )
}
