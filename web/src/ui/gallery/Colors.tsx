import type { ReactNode } from 'react'
import { ColorSwatch } from '../index.ts'
import styles from './Gallery.module.css'

const ROLES =
  `surface surface-sunken surface-deep surface-raised surface-field surface-code surface-inverse surface-selected
text text-muted text-disabled icon line line-strong focus accent accent-hover accent-active accent-text accent-soft mention mention-text
mention-soft danger danger-text danger-soft warning-text warning-soft success success-text success-soft presence-online presence-away
presence-dnd presence-offline code-keyword code-string code-number code-name code-type code-comment`.split(/\s+/)

/** The colours by role. */
export const Colors = (): ReactNode => (
  <div className={styles.swatches}>
    {ROLES.map((role) => (
      <span key={role}>
        <ColorSwatch color={`var(--${role})`} />
        {role}
      </span>
    ))}
  </div>
)
