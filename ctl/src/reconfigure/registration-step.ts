import type { Context } from '../context.ts'
import type { Settings } from '../settings/settings.ts'
import { register } from './register.ts'

export interface RegistrationStep {
  readonly token: string | undefined
  readonly isDryRun: boolean
  readonly say: (text: string) => void
}

/** What the registration leaves to be said at the end of the run, and whether the secrets have changed by it. */
export interface Registered {
  readonly warnings: readonly string[]
  readonly notes: readonly string[]
  readonly isChanged: boolean
}

/** The step of a run that tells GitLab about the chat. */
export async function registrationStep(
  context: Context,
  settings: Settings,
  { token, isDryRun, say }: RegistrationStep,
): Promise<Registered> {
  say('Sign-in with GitLab')
  const { registration } = settings.gitlab
  if (isDryRun && (registration.wanted || token)) {
    say('  * application in GitLab')
    say(`    - would create or repair "${registration.name}" for ${registration.redirectUris.join(' and ')}`)
    return { warnings: [], notes: [], isChanged: false }
  }
  const outcome = await register(context, settings, token)
  say(`  * application in GitLab (${outcome.line})`)
  return outcome
}
