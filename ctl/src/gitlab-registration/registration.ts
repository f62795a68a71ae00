import type pg from 'pg'

/** GitLab's own database: how to reach it, or a connection that is open already and stays open. */
export type GitLabDatabase = pg.ClientConfig | pg.Client

/** The name under which GitLab's package registered its chat server; people see it on the consent page. */
export const DEFAULT_NAME = 'GitLab Mattermost'
export const DEFAULT_SCOPES = 'read_user'

/** What is to be registered. */
export interface RegistrationRequest {
  /** where people open the chat; with or without slashes at the end */
  readonly siteUrl: string
  /** default `GitLab Mattermost` */
  readonly name?: string
  /** the id and secret of the settings or the secrets file; missing or '' = none yet */
  readonly id?: string
  readonly secret?: string
  /** what the application must allow, separated by spaces; default `read_user` */
  readonly scopes?: string
}

/** What a registration came to. `id`, `secret` and `scopes` belong into GitLabSettings and the secrets file. */
export interface Registration {
  readonly id: string
  /** in the clear; keep it, GitLab cannot tell it again */
  readonly secret: string
  /** for GitLabSettings.Scope */
  readonly scopes: string
  readonly outcome: 'created' | 'repaired' | 'unchanged'
  /** sentences for the administrator: what was changed, what is left for him to do */
  readonly notes: readonly string[]
}

/** What is wrong with a registration. */
export type ProblemCode = 'missing' | 'redirect' | 'scope' | 'secret' | 'not_confidential' | 'not_trusted' | 'owned'

export interface Problem {
  readonly code: ProblemCode
  /** what is wrong and what to do */
  readonly message: string
  /** false: people can sign in all the same */
  readonly fatal: boolean
}

export interface Verification {
  /** people can sign in */
  readonly ok: boolean
  readonly problems: readonly Problem[]
}

/** Why nothing was registered. */
export type RegistrationFailure =
  | 'site_url'
  | 'input'
  | 'unreachable'
  | 'certificate'
  | 'access'
  | 'not_gitlab'
  | 'read_only'
  | 'busy'
  | 'column'
  | 'missing'
  | 'refused'

/** The message says what happened and what to do; it holds no secret and no token. */
export class RegistrationError extends Error {
  override name = 'RegistrationError'
  readonly code: RegistrationFailure

  constructor(code: RegistrationFailure, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}
