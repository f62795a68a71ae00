/**
 * Does the same to every argument. A failure does not stop the others; at the end all failures are thrown as one, in
 * the form that scripts know from mmctl.
 */
export async function forEach<T>(args: readonly T[], work: (arg: T) => Promise<void>): Promise<void> {
  const failures: string[] = []
  for (const arg of args) {
    try {
      await work(arg)
    } catch (error) {
      failures.push((error as Error).message)
    }
  }
  if (failures.length === 0) return
  const title = failures.length === 1 ? '1 error occurred:' : `${failures.length} errors occurred:`
  throw new Error(`${title}\n${failures.map((text) => `\t* ${text}`).join('\n')}\n\n`)
}
