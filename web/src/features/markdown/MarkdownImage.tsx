import { useState } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/Icon.tsx'
import { ChevronDown, ChevronRight, Image as ImageIcon } from '../../ui/icons.ts'
import type { Image } from './ast.ts'
import type { MarkdownContext } from './context.ts'
import { fitImage } from './fit-image.ts'
import { safeImageSource } from './safe-href.ts'
import styles from './MarkdownImage.module.css'

export interface MarkdownImageProps {
  image: Image
  context: MarkdownContext
  inLink: boolean
  /** In one line there is room for its name alone. */
  asLink: boolean
}

/** A picture in a text. Its place is kept before it is loaded; without a safe address only its name is shown. */
export function MarkdownImage({ image, context, inLink, asLink }: MarkdownImageProps): ReactNode {
  const href = safeImageSource(image.url, context.siteURL)
  const [failed, setFailed] = useState(false)
  const [open, setOpen] = useState(!context.imagesCollapsed)
  if (href === null) return image.alt || image.url
  if (asLink || failed) return <ImageLink image={image} href={href} inLink={inLink} />
  const size = fitImage(image, context.imageSize(image.url))
  const shown = <Picture image={image} size={size} source={context.imageSource(href)} onError={() => setFailed(true)} />
  if (size?.small) return shown
  const picture = inLink ? shown : <Opener {...{ image, context, href }}>{shown}</Opener>
  if (!context.imagesCollapsed || inLink) return picture
  return <Collapsible name={image.alt || fileName(href)} open={open} setOpen={setOpen} picture={picture} />
}

function Picture(props: {
  image: Image
  size: ReturnType<typeof fitImage>
  source: string
  onError: () => void
}): ReactNode {
  const { image, size, source, onError } = props
  return (
    <img
      src={source}
      alt={image.alt}
      title={image.title || undefined}
      width={size?.width}
      height={size?.height}
      style={size ? { aspectRatio: `${size.width} / ${size.height}` } : undefined}
      loading="lazy"
      decoding="async"
      draggable={false}
      className={cx(styles.image, size?.small && styles.small, !size && styles.unknown)}
      onError={onError}
    />
  )
}

function Opener(props: { image: Image; context: MarkdownContext; href: string; children: ReactNode }): ReactNode {
  const t = useText()
  const { image, context, href, children } = props
  if (!context.onImage) return children
  const name = image.alt || fileName(href)
  return (
    <button
      type="button"
      className={styles.opener}
      aria-label={t('markdown.open_image', 'Open the image {name}', { name })}
      onClick={() => context.onImage?.(image, context.imageSource(href))}
    >
      {children}
    </button>
  )
}

function Collapsible(props: {
  name: string
  open: boolean
  setOpen: (open: boolean) => void
  picture: ReactNode
}): ReactNode {
  const { name, open, setOpen, picture } = props
  return (
    <span className={styles.collapsible}>
      <button type="button" className={styles.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon icon={open ? ChevronDown : ChevronRight} size="s" />
        {name}
      </button>
      {open && picture}
    </span>
  )
}

function ImageLink({ image, href, inLink }: { image: Image; href: string; inLink: boolean }): ReactNode {
  const name = (
    <>
      <Icon icon={ImageIcon} size="s" className={styles.icon} />
      {image.alt || fileName(href)}
    </>
  )
  if (inLink) return <span>{name}</span>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {name}
    </a>
  )
}

const fileName = (href: string): string => {
  const last = new URL(href).pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last) || href
  } catch {
    return last
  }
}
