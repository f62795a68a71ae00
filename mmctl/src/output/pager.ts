import { spawn } from 'node:child_process'

/** Lets `pager` (a shell command) show `text`, and waits until it is closed. Throws when it cannot be run. */
export async function showPaged(pager: string, text: string): Promise<void> {
  const child = spawn(pager, { shell: true, stdio: ['pipe', 'inherit', 'inherit'] })
  const ended = new Promise<number | null>((done, fail) => {
    child.once('error', fail)
    child.once('close', done)
  })
  // Whoever leaves the pager early has read enough.
  child.stdin.on('error', () => undefined)
  child.stdin.end(text)
  const code = await ended
  if (code === 126 || code === 127) {
    throw new Error(`the pager ${JSON.stringify(pager)} cannot be run. Correct PAGER or use --disable-pager`)
  }
}
