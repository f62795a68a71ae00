import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { showFailure } from '../../../shell/failure.ts'
import { useText } from '../../../shell/i18n.tsx'
import { channelName } from '../../../store/names.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Link, X, ZoomIn, ZoomOut } from '../../../ui/icons.ts'
import { showToast } from '../../../ui/toasts.ts'
import { PersonAvatar, useDisplayName } from '../../people/Person.tsx'
import { publicLink } from '../addresses.ts'
import { DownloadLink } from '../DownloadLink.tsx'
import type { ViewedFile } from '../open-viewer.tsx'
import { FITTED, MOST } from './zoom.ts'
import type { Zoom } from './use-zoom.ts'
import css from './Viewer.module.css'

interface Props {
  readonly file: ViewedFile
  /** which one of how many */
  readonly place: { readonly at: number; readonly count: number }
  /** of a picture */
  readonly zoom: Zoom | undefined
  readonly onClose: () => void
}

/** What the file is and where it comes from, and what can be done with it. */
export function ViewerHeader({ file, place, zoom, onClose }: Props): ReactNode {
  const t = useText()
  const links = useStore((state) => state.config['EnablePublicLink'] === 'true')
  const copyLink = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(await publicLink(file.id))
      showToast(t('files.link_copied', 'Public link copied'))
    } catch (error) {
      showFailure(error)
    }
  }
  return (
    <header className={css['header']}>
      <Origin file={file} />
      {place.count > 1 && (
        <span className={css['count']} role="status">
          {t('files.which', '{at, number} of {count, number}', { at: place.at + 1, count: place.count })}
        </span>
      )}
      {zoom && <ZoomButtons zoom={zoom} />}
      {links && !file.link && file.post_id && (
        <IconButton
          icon={Link}
          label={t('files.copy_link', 'Copy public link')}
          tooltipSide="bottom"
          onPress={() => void copyLink()}
        />
      )}
      <DownloadLink file={file} tooltipSide="bottom" />
      <IconButton icon={X} label={t('files.close', 'Close')} tooltipSide="bottom" onPress={onClose} autoFocus />
    </header>
  )
}

/** The name of the file; who posted it and where, when that is known here. */
function Origin({ file }: { file: ViewedFile }): ReactNode {
  const t = useText()
  const post = useStore((state) => (file.post_id ? state.posts[file.post_id] : undefined))
  const author = useDisplayName(post?.user_id ?? '')
  const channel = useStore((state) => (post ? channelName(state, post.channel_id) : ''))
  return (
    <div className={css['origin']}>
      {post && author && (
        <span className={css['author']}>
          <PersonAvatar userId={post.user_id} size={32} />
        </span>
      )}
      <div className={css['texts']}>
        <h2 className={css['name']}>{file.name}</h2>
        {author && channel && (
          <p className={css['from']}>{t('files.from', '{author} in {channel}', { author, channel })}</p>
        )}
      </div>
    </div>
  )
}

function ZoomButtons({ zoom }: { zoom: Zoom }): ReactNode {
  const t = useText()
  const { scale } = zoom.view
  return (
    <>
      <IconButton
        icon={ZoomOut}
        label={t('files.zoom_out', 'Smaller')}
        shortcut="-"
        tooltipSide="bottom"
        disabled={scale <= FITTED.scale}
        onPress={() => zoom.zoomBy(1 / 1.4)}
      />
      <span className={css['scale']}>{t.intl.formatNumber(scale, { style: 'percent' })}</span>
      <IconButton
        icon={ZoomIn}
        label={t('files.zoom_in', 'Larger')}
        shortcut="+"
        tooltipSide="bottom"
        disabled={scale >= MOST}
        onPress={() => zoom.zoomBy(1.4)}
      />
    </>
  )
}
