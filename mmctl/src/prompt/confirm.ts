import type { Context } from '../cli/command.ts'

/**
 * Asks before something that cannot be undone. Nothing is asked when `flag` (such as --confirm) was given; without a
 * terminal nobody can answer, so the flag is demanded. Throws `aborted` unless the answer is yes.
 */
export async function confirm(
  { flags, prompt }: Context,
  question: string,
  options: { flag?: string; backup?: boolean } = {},
): Promise<void> {
  const flag = options.flag ?? 'confirm'
  if (flags.bool(flag)) return
  if (!prompt.isInteractive) throw new Error(`this must be confirmed, and there is no terminal: use --${flag}`)
  if (options.backup) await demandYes(prompt, 'Have you made a backup of the database?')
  await demandYes(prompt, question)
}

async function demandYes(prompt: Context['prompt'], question: string): Promise<void> {
  const answer = await prompt.ask(`${question} (no/yes) `)
  if (!/^y(es)?$/i.test(answer.trim())) throw new Error('aborted')
}
