import { registerInDatabase, type Registration } from '../gitlab-registration/index.ts'

/** The registration in GitLab's database, for a process of its superuser. */
export async function work(input: Parameters<typeof registerInDatabase>[0]): Promise<Registration> {
  return registerInDatabase(input)
}
