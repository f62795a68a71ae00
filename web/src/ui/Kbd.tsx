import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { keyNames } from './key-names.ts'
import styles from './Kbd.module.css'

/** Keys as people see them on their keyboard: `Ctrl+Shift+K` is ⌘⇧K on a Mac. Alternatives are parted by spaces. */
export function Kbd({ keys, className }: { keys: string; className?: string }): ReactNode {
  return (
    <span className={cx(styles.keys, className)}>
      {keys.split(' ').map((combination) => (
        <span key={combination} className={styles.combination}>
          {keyNames(combination).map((key) => (
            <kbd key={key} className={styles.key}>
              {key}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  )
}
