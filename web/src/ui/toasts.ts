/** A short notice that comes and goes. */
export interface Toast {
  id: number
  text: string
  tone: 'neutral' | 'success' | 'danger'
  action?: { label: string; onAction: () => void }
  /** Milliseconds; Infinity stays until it is closed. */
  duration: number
}

const MOST = 3
const SHORT = 5_000
const LONG = 10_000

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function change(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

export interface ToastOptions {
  tone?: Toast['tone']
  /** One way on, for example Undo. */
  action?: Toast['action']
  duration?: number
}

/**
 * Shows a notice, for 5 seconds, or 10 when it is an error or has an action; returns its id. At most three are seen, the
 * oldest gives way; the same text is not shown twice.
 */
export function showToast(text: string, { tone = 'neutral', action, duration }: ToastOptions = {}): number {
  const id = ++lastId
  const time = duration ?? (action || tone === 'danger' ? LONG : SHORT)
  const others = toasts.filter((toast) => toast.text !== text).slice(1 - MOST)
  change([...others, { id, text, tone, action, duration: time }])
  return id
}

/** Takes a notice away. Unknown ids are fine: it may be gone already. */
export const dismissToast = (id: number): void => change(toasts.filter((toast) => toast.id !== id))

export const readToasts = (): readonly Toast[] => toasts

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
