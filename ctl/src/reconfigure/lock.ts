import { mkdir, readFile, rm, writeFile, link, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Problem } from '../cli/problem.ts'

/**
 * Does the work while nobody else changes the machine: one reconfigure, backup or restore at a time. A lock whose
 * holder is dead is taken over. Rejects with a Problem when somebody is at work.
 */
export async function withLock<T>(file: string, what: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true, mode: 0o755 })
  await take(file, what)
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

async function take(file: string, what: string): Promise<void> {
  const draft = `${file}.${process.pid}`
  await writeFile(draft, JSON.stringify({ ...(await identity(process.pid)), what }))
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      // A hard link appears with its text, so nobody ever reads a lock without a holder.
      const taken = await link(draft, file).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EEXIST') throw error
          return false
        },
      )
      if (taken) return
      const holder = await readHolder(file)
      if (holder && (await isAlive(holder))) throw busy(holder)
      await rm(file, { force: true })
    }
  } finally {
    await unlink(draft)
  }
}

interface Holder {
  readonly pid: number
  /** when the process was started, in ticks since boot: a number may be used again by another process */
  readonly started: string
  readonly what?: string
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  return (await identity(holder.pid)).started === holder.started
}

async function identity(pid: number): Promise<Holder> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return { pid, started: text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '' }
}

function busy({ pid, what }: Holder): Problem {
  return new Problem(
    `outpost-ctl ${what ?? ''} is already at work (process ${pid}).`,
    'Wait until it has finished, then run the command again.',
  )
}
