import { socket } from '../../client/api.ts'

/** Without a touch of keyboard or mouse for so long (ms) I count as away: the server's own default. */
const IDLE = 300_000
/** Activity is written down at most so often (ms). */
const NOTE = 15_000
const KEY = 'outpost.last-active'
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focus'] as const

/** Tells the server when the reader leaves the keyboard, and when he is back. All windows of this browser count. */
export function followActivity(): void {
  let idle = false
  let noted = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const lastActive = (): number => Number(localStorage.getItem(KEY) ?? 0)
  const check = (): void => {
    const left = lastActive() + IDLE - Date.now()
    if (left > 0) return watch(left)
    idle = true
    socket.userUpdateActiveStatus(false, false)
  }
  const watch = (time: number): void => {
    clearTimeout(timer)
    timer = setTimeout(check, time)
  }
  const active = (): void => {
    const now = Date.now()
    if (!idle && now - noted < NOTE) return
    noted = now
    localStorage.setItem(KEY, String(now))
    if (idle) socket.userUpdateActiveStatus(true, false)
    idle = false
    watch(IDLE)
  }
  for (const sign of SIGNS) window.addEventListener(sign, active, { capture: true, passive: true })
  active()
  watch(IDLE)
}
