import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Kbd.module.css'

const onMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)
const MAC: Record<string, string> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↩' }

/** Keys as people see them on their keyboard: `Ctrl+Shift+K` is ⌘⇧K on a Mac. Alternatives are parted by spaces. */
export function Kbd({ keys, className }: { keys: string; className?: string }): ReactNode {
  return (
    <span className={cx(styles.keys, className)}>
      {keys.split(' ').map((combination) => (
        <span key={combination} className={styles.combination}>
          {combination.split(/\+(?=.)/).map((key) => (
            <kbd key={key} className={styles.key}>
              {(onMac && MAC[key]) || key}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  )
}
