/** What was sent from this page, oldest first: Ctrl+Up brings it back. */
const sent: string[] = []
const MOST = 50

/** Remembers a message that was sent. */
export function rememberSent(message: string): void {
  if (message === '' || sent.at(-1) === message) return
  sent.push(message)
  if (sent.length > MOST) sent.shift()
}

/** The message so many steps back, 1 for the last; undefined when there is none. */
export const sentMessage = (back: number): string | undefined => (back > 0 ? sent.at(-back) : undefined)
