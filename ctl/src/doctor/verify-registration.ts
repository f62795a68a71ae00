import { verifyInDatabase, type Verification } from '../gitlab-registration/index.ts'

/** The look into GitLab's database, for a process of its superuser. */
export async function work(input: Parameters<typeof verifyInDatabase>[0]): Promise<Verification> {
  return verifyInDatabase(input)
}
