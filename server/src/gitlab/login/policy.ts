/** How strict the sign-in is; each of these differs from Mattermost unless it is set so. */
export interface GitLabPolicy {
  /** ms between two questions to GitLab whether somebody who is signed in may still be; 0 = never asked */
  readonly checkEvery: number
  /** a sign-in opens an account again that was deactivated here */
  readonly reactivates: boolean
  /** what makes an account of an older server that of a GitLab user */
  readonly adopts: 'address' | 'number' | 'never'
}

const MINUTE = 60_000
const MAX_MINUTES = 10_080

/** From OUTPOST_GITLAB_CHECK_MINUTES, _REACTIVATE and _ADOPT. What cannot be understood counts as not set: the strict way. */
export function gitlabPolicy(env: NodeJS.ProcessEnv = process.env): GitLabPolicy {
  const minutes = env.OUTPOST_GITLAB_CHECK_MINUTES ?? ''
  const usable = /^\d{1,5}$/.test(minutes) && Number(minutes) <= MAX_MINUTES
  const adopts = env.OUTPOST_GITLAB_ADOPT
  return {
    checkEvery: (usable ? Number(minutes) : 10) * MINUTE,
    reactivates: /^(true|t|1)$/i.test(env.OUTPOST_GITLAB_REACTIVATE ?? ''),
    adopts: adopts === 'number' || adopts === 'never' ? adopts : 'address',
  }
}
