import { goTo } from '../../shell/navigate.ts'
import type { Notice } from './notice.ts'
import { permission } from './permission.ts'

/** How long (ms) this window keeps others of this browser from telling the same. */
const HOLD = 3_000

/** Shows a notification if the browser allows it; false when it did not. Sounds are ours, so that people can choose them. */
export async function showNotice(notice: Notice): Promise<boolean> {
  if (permission() !== 'granted') return false
  const { title, body, icon, path, postId, urgent } = notice
  const options: NotificationOptions = {
    body,
    icon,
    tag: postId,
    silent: true,
    requireInteraction: urgent,
    data: { path },
  }
  try {
    const shown = new Notification(title, options)
    shown.addEventListener('click', () => {
      shown.close()
      window.focus()
      goTo(path)
    })
    return true
  } catch {
    // Phones show notifications through the service worker only; it knows what a tap means.
    const worker = await navigator.serviceWorker?.getRegistration()
    await worker?.showNotification(title, options)
    return worker !== undefined
  }
}

/** Of all windows of this browser the first one does it. */
export async function once(name: string, work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work()
  await navigator.locks.request(`outpost.${name}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return
    await work()
    await new Promise((resolve) => setTimeout(resolve, HOLD))
  })
}
