/**
 * Registering the chat server with GitLab, so that people can sign in with it. Beside GitLab's database:
 * `registerInDatabase`, `verifyInDatabase`, `rotateInDatabase`; from anywhere, with an administrator's access token:
 * `registerByApi`, `verifyByApi`, `rotateByApi`; without any right: `checkCredentials`. Each throws RegistrationError.
 */
export { checkCredentials } from './check-credentials.ts'
export type { CredentialsRequest } from './check-credentials.ts'
export { registerByApi } from './register-by-api.ts'
export type { ApiAccess } from './gitlab-api.ts'
export { registerInDatabase } from './register-in-database.ts'
export { DEFAULT_NAME, DEFAULT_SCOPES, RegistrationError } from './registration.ts'
export type {
  GitLabDatabase,
  Problem,
  ProblemCode,
  Registration,
  RegistrationFailure,
  RegistrationRequest,
  Verification,
} from './registration.ts'
export { rotateByApi } from './rotate-by-api.ts'
export { rotateInDatabase } from './rotate-in-database.ts'
export { verifyByApi } from './verify-by-api.ts'
export { verifyInDatabase } from './verify-in-database.ts'
