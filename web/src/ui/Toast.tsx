import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { CircleAlert, CircleCheck, X } from './icons.ts'
import { dismissToast, readToasts, subscribeToasts } from './toasts.ts'
import type { Toast } from './toasts.ts'
import { useUiTexts } from './ui-texts.ts'
import styles from './Toast.module.css'

const ICONS = { neutral: undefined, success: CircleCheck, danger: CircleAlert }

/** Leaves by itself; not while the pointer or the focus rests on the notices, nor while the page is hidden. */
function useExpiry(toast: Toast, held: boolean): void {
  useEffect(() => {
    if (held || toast.duration === Infinity) return
    const timer = setTimeout(() => dismissToast(toast.id), toast.duration)
    return () => clearTimeout(timer)
  }, [toast, held])
}

interface ToastItemProps {
  readonly toast: Toast
  readonly held: boolean
  /** called before it goes because somebody pressed something on it */
  readonly onPressed: () => void
}

function ToastItem({ toast, held, onPressed }: ToastItemProps): ReactNode {
  const texts = useUiTexts()
  useExpiry(toast, held)
  const icon = ICONS[toast.tone]
  const close = (): void => {
    onPressed()
    dismissToast(toast.id)
  }
  const act = (): void => {
    close()
    toast.action?.onAction()
  }
  return (
    <li className={cx(styles.toast, styles[toast.tone])}>
      {icon && <Icon icon={icon} className={styles.icon} />}
      <span className={styles.text}>{toast.text}</span>
      {toast.action && (
        <Button size="s" variant="quiet" className={styles.action} onPress={act}>
          {toast.action.label}
        </Button>
      )}
      <IconButton size="s" icon={X} label={texts.close} onPress={close} className={styles.close} />
    </li>
  )
}

function usePageHidden(): boolean {
  const subscribe = (heard: () => void): (() => void) => {
    document.addEventListener('visibilitychange', heard)
    return () => document.removeEventListener('visibilitychange', heard)
  }
  return useSyncExternalStore(subscribe, () => document.hidden)
}

/** Where notices appear; UiProvider has it. It is there from the start, so that screen readers hear what comes in. */
export function ToastRegion(): ReactNode {
  const texts = useUiTexts()
  const toasts = useSyncExternalStore(subscribeToasts, readToasts)
  const [hovered, setHovered] = useState(false)
  const [focused, setFocused] = useState(false)
  const hidden = usePageHidden()
  const list = useRef<HTMLOListElement>(null)
  const before = useRef<HTMLElement>(null)
  // With the last notice goes the focus that was on it; it returns to where it came from.
  useEffect(() => {
    if (toasts.length > 0) return
    setHovered(false)
    if (focused) before.current?.focus()
    setFocused(false)
  }, [toasts, focused])
  // At once: a dialog below hears Escape only while the focus is in it.
  const giveFocusBack = (): void => {
    if (list.current?.contains(document.activeElement)) before.current?.focus()
  }
  const held = hovered || focused || hidden
  return (
    <section aria-label={texts.notices} data-react-aria-top-layer className={styles.region}>
      <ol
        ref={list}
        aria-live="polite"
        aria-relevant="additions"
        className={styles.list}
        onPointerEnter={() => setHovered(true)}
        onPointerLeave={() => setHovered(false)}
        onFocus={(event) => {
          if (!focused) before.current = event.relatedTarget as HTMLElement | null
          setFocused(true)
        }}
        onBlur={(event) => setFocused(event.currentTarget.contains(event.relatedTarget))}
      >
        {toasts.map((toast) => (
          <ToastItem key={toast.id} toast={toast} held={held} onPressed={giveFocusBack} />
        ))}
      </ol>
    </section>
  )
}
