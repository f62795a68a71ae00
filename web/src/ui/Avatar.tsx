import { useState } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import { cx } from './cx.ts'
import { hueOf, initialsOf } from './initials.ts'
import { PresenceDot } from './PresenceDot.tsx'
import type { Presence } from './PresenceDot.tsx'
import styles from './Avatar.module.css'

export interface AvatarProps {
  /** Whose it is: initials and tint come from it when there is no picture. */
  name: string
  src?: string | null
  /** Pixels. */
  size?: 16 | 20 | 24 | 32 | 36 | 48 | 72 | 128
  /** square: for groups of people and for applications. */
  shape?: 'round' | 'square'
  presence?: Presence
  presenceLabel?: string
  /** Said when no name stands beside it. */
  label?: string
  className?: string
}

/** A picture of somebody, or their initials until it is there. */
export function Avatar({ name, src, size = 36, shape = 'round', label, ...props }: AvatarProps): ReactNode {
  const [broken, setBroken] = useState<string>()
  const picture = src && src !== broken ? src : undefined
  const meaning = label ? ({ role: 'img', 'aria-label': label } as const) : {}
  const style = { '--size': `${size}px`, '--hue': hueOf(name) } as CSSProperties
  return (
    <span {...meaning} className={cx(styles.avatar, styles[shape], props.className)} style={style}>
      {picture ? (
        <img
          src={picture}
          alt=""
          width={size}
          height={size}
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setBroken(picture)}
          className={styles.picture}
        />
      ) : (
        <span aria-hidden className={styles.initials}>
          {initialsOf(name, size < 32, shape === 'square')}
        </span>
      )}
      {props.presence && (
        <PresenceDot
          presence={props.presence}
          label={props.presenceLabel}
          ring
          size={size > 40 ? 'l' : 'm'}
          className={styles.presence}
        />
      )}
    </span>
  )
}
