import type { State } from '../store/state.ts'

/** What the server demands of me before anything else, as the path of its page; '' when I may go on. */
export function requiredStep({ config, users, me }: State): string {
  const user = users[me]
  if (!user) return ''
  const enforced =
    config['EnforceMultifactorAuthentication'] === 'true' && config['EnableMultifactorAuthentication'] === 'true'
  // Whoever signs in elsewhere, through GitLab for example, has his second factor there.
  if (enforced && !user.mfa_active && !user.auth_service && !user.is_bot) return '/mfa/setup'
  const terms = config['EnableCustomTermsOfService'] === 'true' && config['CustomTermsOfServiceId']
  return terms && user.terms_of_service_id !== terms ? '/terms_of_service' : ''
}
