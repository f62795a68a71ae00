import type { Answer } from './run-as.ts'

// The other end of run-as.ts: does one piece of work in the name of another account, answers, and ends.
process.once('message', (message: { input: unknown }) => {
  void answer(message.input).then((reply) => process.send?.(reply, () => process.exit(0)))
})

async function answer(input: unknown): Promise<Answer> {
  try {
    const { work } = (await import(process.argv[2]!)) as { work: (input: unknown) => Promise<unknown> }
    return { result: await work(input) }
  } catch (error) {
    const { message, repair } = error as Error & { repair?: string }
    return { message, repair }
  }
}
