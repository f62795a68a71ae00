import { useSyncExternalStore } from 'react'
import { currentText } from '../../shell/i18n.tsx'
import { showToast } from '../../ui/toasts.ts'

/** What the browser allows; `unsupported` where it knows no notifications, or only on secure pages and this is none. */
export type Permission = NotificationPermission | 'unsupported'

const ASKED = 'outpost.asked-to-notify'
const listeners = new Set<() => void>()

/** What the browser allows right now. */
export const permission = (): Permission =>
  typeof Notification === 'undefined' ? 'unsupported' : Notification.permission

/** The same for components, followed. */
export function usePermission(): Permission {
  return useSyncExternalStore((heard) => {
    listeners.add(heard)
    window.addEventListener('focus', heard)
    return () => {
      listeners.delete(heard)
      window.removeEventListener('focus', heard)
    }
  }, permission)
}

/** Lets the browser ask. Only ever after somebody pressed something: browsers hold it against sites that do otherwise. */
export async function requestPermission(): Promise<Permission> {
  if (permission() === 'default') await Notification.requestPermission().catch(() => undefined)
  for (const heard of listeners) heard()
  return permission()
}

/** Offers notifications, once on this device, at the moment when one would have helped. */
export function offerNotifications(): void {
  if (permission() !== 'default' || localStorage.getItem(ASKED)) return
  localStorage.setItem(ASKED, String(Date.now()))
  const t = currentText()
  showToast(t('notifications.offer', 'You missed a message here. Be told by notifications of this device?'), {
    duration: Infinity,
    action: { label: t('notifications.turn_on', 'Turn on'), onAction: () => void requestPermission() },
  })
}
